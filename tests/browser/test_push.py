"""A push in a real browser: whatever a service sends along, one neutral sentence is shown."""

WORKER = "navigator.serviceWorker.register('/notices/worker.js', {scope: '/'}).then(() => navigator.serviceWorker.ready)"
SHOWN = """navigator.serviceWorker.ready.then(worker => worker.getNotifications())
    .then(all => all.map(one => [one.title, one.body]))"""


def test_a_push_shows_the_neutral_sentence_and_nothing_that_came_with_it(open_page, server):
    page = open_page()
    page.context.grant_permissions(["notifications"], origin=server.address)
    page.evaluate(f"{WORKER}.then(worker => worker.scope)")
    browser, found = page.context.new_cdp_session(page), []
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    browser.send("ServiceWorker.enable")
    until(page, "navigator.serviceWorker.ready.then(worker => worker.active.state === 'activated')")
    assert found[0]["scopeURL"] == f"{server.address}/"
    push = {
        "origin": server.address,
        "registrationId": found[0]["registrationId"],
        "data": "Họp kín về đồng chí A.",
    }
    browser.send("ServiceWorker.deliverPushMessage", push)
    until(page, f"{SHOWN}.then(shown => shown.length > 0)")
    assert page.evaluate(SHOWN) == [["Nền nếp", "Có thông báo mới trong Nền nếp"]]


def until(page, promise):
    """Ask again until what is promised is true: a promise itself, which `wait_for_function` may be given, always is."""
    for _ in range(200):
        if page.evaluate(promise):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never came true: {promise}")
