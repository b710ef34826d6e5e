"""Addresses of sign-in, of one's own account, and of an organisation's people.

Of allauth's many views only those we want are listed: there is no sign-up and no e-mail address list.
"""

from allauth.account import views as account
from django.urls import include, path, re_path

from remit.web.accounts import erasing, people, views
from remit.web.accounts.signin import SignIn

urlpatterns = [
    path("accounts/login/", SignIn.as_view(), name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/reset/", account.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("account/", views.your_account, name="your_account"),
    path("account/acting-for/", views.acting_for, name="acting_for"),
    path("permissions/", views.permissions, name="permissions"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invited/", people.invited, name="invited"),
    path("people/accept/<str:token>/", people.accept, name="accept_invitation"),
    path("people/invitations/<str:invitation>/withdraw/", erasing.withdraw, name="withdraw_invitation"),
    path("people/<str:person>/erase/", erasing.erase, name="erase_person"),
    path("people/<str:person>/roles/", people.grant, name="grant_role"),
    path("people/<str:person>/roles/<str:holding>/end/", people.end, name="end_role"),
]
