"""A key of a device, made and used in a real browser whose authenticator is played by its developer protocol."""

from nenep.demo import PASSWORD
from tests.browser.browsing import new_page, press, sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_member_saves_a_key_and_signs_in_with_it_alone(browser, server):
    page, faults = new_page(browser, server.address.replace("127.0.0.1", "localhost"), width=360)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    authenticator = device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    sign_in(page, "dangvien")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, page.get_by_role("button", name="Xác nhận"))
    page.get_by_label("Tên của thiết bị").fill("Điện thoại")
    page.get_by_label("Đăng nhập bằng thiết bị này, không cần mật khẩu").check()
    press(page, page.get_by_role("button", name="Thêm thiết bị này"))
    kept = device.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [key["rpId"] for key in kept] == ["localhost"]
    page.goto("/accounts/2fa/webauthn/")
    assert "Điện thoại" in page.locator("main").inner_text()

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    press(page, page.get_by_role("button", name="Đăng nhập bằng khóa của thiết bị"))
    page.goto("/accounts/mine/")
    assert page.url.endswith("/accounts/mine/")
    page.context.close()
    assert not [*faults]


def test_the_numeric_address_names_the_one_where_it_works(open_page, server):
    page = open_page()
    page.goto("/accounts/login/")
    assert page.locator("#passkey-button").count() == 0
    link = page.get_by_role("link", name="http://localhost")
    assert link.get_attribute("href") == f"{server.address.replace('127.0.0.1', 'localhost')}/accounts/login/"
