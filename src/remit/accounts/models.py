"""People, the roles they hold at organisations, and invitations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from ulid import ULID

from remit.register.models import Organisation


def new_id() -> str:
    """A ULID: a pseudonym that says nothing about the person."""
    return str(ULID())


class People(BaseUserManager["Person"]):
    """Making people. Only `accounts.actions` calls this."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person with a hashed password, or with none that works."""
        person = Person(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. The `id` is the only thing of theirs that the ledger ever holds."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.CharField(max_length=26, blank=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, erased_by="")
                | models.Q(erased_at__isnull=False) & ~models.Q(erased_by=""),
                name="accounts_erased_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """As shown to colleagues."""
        return self.name


class RoleHolding(models.Model):
    """A person holds a role at an organisation from an instant until it is ended."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="role_holdings")
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=26)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["organisation", "role", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_by=""),
                name="accounts_ended_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"


class Invitation(models.Model):
    """An invitation to join an organisation in a role. The link holds a secret; only its hash is kept."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=26)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by="")
                | models.Q(accepted_at__isnull=False) & ~models.Q(accepted_by=""),
                name="accounts_accepted_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"
