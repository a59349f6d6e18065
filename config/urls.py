"""Every route of the web process."""

from allauth.account import views as account
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="api-docs"),
    path("api/", include("apps.models.urls")),
    path("api/", include("apps.moralgraph.urls")),
    path("api/", include("apps.discretion.urls")),
    path("api/", include("apps.elicitation.api_urls")),
    path("", include("apps.shared.urls")),
    path("", include("apps.elicitation.urls")),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/signup/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
]

handler404 = "apps.shared.pages.page_not_found"
handler500 = "apps.shared.pages.server_error"
handler403 = "apps.shared.pages.forbidden"
