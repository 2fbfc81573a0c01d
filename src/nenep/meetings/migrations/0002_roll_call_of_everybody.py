import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Absences become attendance; a meeting keeps when it really began and ended, and the roll it counted."""

    dependencies = [("meetings", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("absence", "absence_is_stated_once"),
        migrations.RemoveConstraint("absence", "absence_is_excused_by_a_reason"),
        migrations.RenameModel("Absence", "Attendance"),
        migrations.RemoveField(
            model_name='meeting',
            name='roster_hash',
        ),
        migrations.AddField(
            model_name='meeting',
            name='began_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='khai mạc lúc'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='kết thúc lúc'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='roll',
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='vote',
            name='present_official',
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='meetings.meeting'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='people.member'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='presence',
            field=models.CharField(choices=[('present', 'Có mặt'), ('excused', 'Vắng có lý do'), ('unexcused', 'Vắng không lý do'), ('late', 'Đến muộn'), ('online', 'Dự trực tuyến'), ('exempt', 'Được miễn, không dự'), ('away', 'Đang sinh hoạt tạm thời nơi khác'), ('suspended', 'Đang bị đình chỉ sinh hoạt')], max_length=20, verbose_name='điểm danh'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'member'), name='attendance_is_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('presence', 'excused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='attendance_is_excused_by_a_reason', violation_error_message='Vắng có lý do thì phải ghi lý do.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='meeting_does_not_end_before_it_began', violation_error_message='Giờ kết thúc phải sau giờ khai mạc.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('present_official__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('votes_for'), '+', models.F('votes_against')), '+', models.F('votes_other')))), name='vote_counts_no_more_hands_than_there_were'),
        ),
    ]
