from django.urls import path

from . import contract_views as contracts
from . import layout_views as layouts
from . import ledger_views as ledger
from . import money_views as money
from . import procurement_views as procurement
from . import views
from . import work_views as work

app_name = "contractors"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("new/", views.RegisterView.as_view(), name="register"),
    path("<uuid:pk>/", views.DetailView.as_view(), name="detail"),
    path("<uuid:pk>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:pk>/check/", views.CheckView.as_view(), name="check"),
    path("<uuid:pk>/contract/", contracts.PrepareView.as_view(), name="prepare"),
    path("<uuid:pk>/subsidy/", contracts.PrepareSubsidyView.as_view(), name="prepare_subsidy"),
    path("contracts/", contracts.ContractListView.as_view(), name="contracts"),
    path("contracts/<uuid:pk>/", contracts.ContractView.as_view(), name="contract"),
    path("contracts/<uuid:pk>/edit/", contracts.EditContractView.as_view(), name="edit_contract"),
    path("contracts/<uuid:pk>/evidence/", procurement.EvidenceView.as_view(), name="evidence"),
    path("contracts/<uuid:pk>/estimates/", procurement.EstimatesView.as_view(), name="estimates"),
    path("contracts/<uuid:pk>/lines/", work.AllocationView.as_view(), name="allocation"),
    path("contracts/<uuid:pk>/inspection/", work.AcceptanceView.as_view(), name="acceptance"),
    path("contracts/<uuid:pk>/completion/", work.CompletionView.as_view(), name="completion"),
    path("contracts/<uuid:pk>/incident/", work.IncidentView.as_view(), name="incident"),
    path("layouts/", layouts.LayoutsView.as_view(), name="layouts"),
    path("layouts/<int:fiscal_year>/<str:laid_out>/", layouts.LayoutView.as_view(), name="layout"),
    path("papers/<uuid:pk>/", work.PaperView.as_view(), name="paper"),
    path("papers/<uuid:pk>/pdf/", work.PaperFileView.as_view(), name="paper_file"),
    path("contracts/<uuid:pk>/funding/", work.FundingView.as_view(), name="funding"),
    path("contracts/<uuid:pk>/invoices/", money.WriteInvoiceView.as_view(), name="bill"),
    path("contracts/<uuid:pk>/invite/", contracts.InviteView.as_view(), name="invite"),
    path("contracts/<uuid:pk>/people/", contracts.PeopleView.as_view(), name="people"),
    path(
        "contracts/<uuid:pk>/do/<str:transition>/",
        contracts.ContractTransitionView.as_view(),
        name="contract_transition",
    ),
    path("invoices/<uuid:pk>/", money.InvoiceView.as_view(), name="invoice"),
    path("invoices/<uuid:pk>/edit/", money.EditInvoiceView.as_view(), name="edit_invoice"),
    path("invoices/<uuid:pk>/papers/", money.ReceiptsView.as_view(), name="receipts"),
    path("invoices/<uuid:pk>/papers/<uuid:paper>/", money.ReceiptView.as_view(), name="receipt"),
    path(
        "invoices/<uuid:pk>/do/<str:transition>/",
        money.InvoiceTransitionView.as_view(),
        name="invoice_transition",
    ),
    path("money/", ledger.LedgerListView.as_view(), name="ledgers"),
    path("money/<uuid:pk>/", ledger.LedgerView.as_view(), name="ledger"),
    path("money/<uuid:pk>/csv/", ledger.LedgerFileView.as_view(), name="ledger_file"),
    path("money/<uuid:pk>/lines/<uuid:uid>/", ledger.LineView.as_view(), name="line"),
]
