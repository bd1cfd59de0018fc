"""Who may do what: editors write English, translators one language each, coordinators everything (decision 0007)."""

from collections.abc import Iterable, Set

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.languages import LANGUAGES, Language

EDITORS = "Editors"
COORDINATORS = "Coordinators"
REVIEW = "Review by coordinators"

_WRITE_FILES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
_CHOOSE_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
# What search shows beside its results: written by those who see what visitors miss.
_CURATE = tuple(
    f"search.{action}_{model}"
    for model in ("promotion", "synonymgroup", "hiddenquery", "judgedquery")
    for action in ("add", "change", "delete", "view")
) + ("search.view_searchlogentry",)
# How often pages are read: what to write, and what to translate next.
_COUNTS = ("visits.view_pagevisits",)
_TRANSLATE = ("translations.view_glossaryterm", *_COUNTS)
_COORDINATE = (
    *_CURATE,
    *_COUNTS,
    *(f"translations.{action}_glossaryterm" for action in ("add", "change", "delete", "view")),
    *(f"translations.{action}_machinechoice" for action in ("add", "change", "delete", "view")),
    "wagtail_localize.submit_translation",
    "cms.add_theme",
    "cms.change_theme",
    "cms.delete_theme",
    "cms.view_theme",
    "cms.change_sitesettings",
)


def translators_of(language: Language) -> str:
    """Return the name of the group that translates into a language."""
    return f"Translators: {language.name}"


def make_groups(home: Page) -> list[str]:
    """Make the groups that do not exist, each with its permissions; ``home`` is the English home page.

    On the first run they take the place of Wagtail's own groups, as long as nobody is in those. A group that exists
    keeps what it was given; only permissions that no group has yet, since they came with a later release, are added.
    """
    root = Page.get_first_root_node()
    if not Group.objects.filter(name=COORDINATORS).exists():
        untouched = Group.objects.filter(user__isnull=True, page_permissions__page=root)
        untouched.filter(name__in=("Moderators", "Editors")).delete()
    held = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.filter(group__isnull=False).values_list(
            "content_type__app_label", "codename"
        )
    }
    made = [
        _make(EDITORS, home, "add change publish", (*_CURATE, *_COUNTS), _WRITE_FILES, held),
        _make(COORDINATORS, root, "add change publish lock unlock bulk_delete", _COORDINATE, _WRITE_FILES, held),
    ]
    homes = {page.locale.language_code: page for page in home.get_translations().select_related("locale")}
    for language in LANGUAGES:
        if language.code in homes:
            made.append(
                _make(translators_of(language), homes[language.code], "change publish", _TRANSLATE, _CHOOSE_FILES, held)
            )
    return [line for line in made if line]


def make_workflow() -> list[str]:
    """Make the moderation by coordinators, for every tree, unless a workflow of that name exists."""
    if Workflow.objects.filter(name=REVIEW).exists():
        return []
    # Wagtail's default workflow asked its moderators, who are our coordinators.
    for name in ("Moderators approval", f"{COORDINATORS} approval"):
        Workflow.objects.filter(name=name, workflow_states__isnull=True).delete()
        GroupApprovalTask.objects.filter(name=name, task_states__isnull=True).delete()
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.set(Group.objects.filter(name=COORDINATORS))
    workflow = Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    return [f"workflow “{REVIEW}”"]


def _make(name: str, tree: Page, on_pages: str, on_site: Iterable[str], on_files: Iterable[str], held: Set[str]) -> str:
    """Make a group unless it exists, with permissions on a tree of pages, on models and on all collections.

    A group that exists only gets those permissions on models that no group held.
    """
    group, created = Group.objects.get_or_create(name=name)
    if not created:
        new = [permission for permission in on_site if permission not in held]
        group.permissions.add(*map(_permission, new))
        return f"new rights of group “{name}”" if new else ""
    for action in on_pages.split():
        GroupPagePermission.objects.create(group=group, page=tree, permission_type=action)
    group.permissions.set([_permission(name) for name in ("wagtailadmin.access_admin", *on_site)])
    for codename in on_files:
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=_permission(codename)
        )
    return f"group “{name}”"


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
