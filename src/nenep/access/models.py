from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    username = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "username"
