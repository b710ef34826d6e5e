# The tables of the ledger.

import django.db.models.deletion
import remit.ledger.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(db_index=True)),
                ('note', models.TextField()),
                ('made_at', remit.ledger.models.InstantField(max_length=27)),
                ('made_by', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.CharField(max_length=71, unique=True)),
                ('salt', models.BinaryField(max_length=32)),
                ('value', models.TextField()),
                ('concerning', models.CharField(db_index=True, max_length=255)),
            ],
        ),
        migrations.CreateModel(
            name='Witness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True)),
                ('vkey', models.CharField(max_length=400, unique=True)),
                ('named_at', remit.ledger.models.InstantField(max_length=27)),
                ('named_by', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', remit.ledger.models.InstantField(max_length=27)),
                ('act', models.CharField(max_length=80)),
                ('by', models.CharField(max_length=64)),
                ('acting_for', models.CharField(blank=True, max_length=16)),
                ('under', models.CharField(blank=True, max_length=255)),
                ('subject', models.CharField(blank=True, max_length=255)),
                ('once', models.CharField(max_length=255, null=True, unique=True)),
                ('body', models.TextField()),
                ('leaf_hash', models.BinaryField(max_length=32)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['subject', 'index'], name='ledger_entry_subject'), models.Index(fields=['act', 'index'], name='ledger_entry_act')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(default=0)),
                ('peaks', models.BinaryField(default=b'')),
                ('last_at', remit.ledger.models.InstantField(max_length=27)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='ledger_one_head')],
            },
        ),
        migrations.CreateModel(
            name='Subtree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='ledger_subtree_place')],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.TextField()),
                ('added_at', remit.ledger.models.InstantField(max_length=27)),
                ('added_by', models.CharField(max_length=64)),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='ledger.checkpoint')),
                ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='ledger.witness')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='ledger_one_cosignature_each')],
            },
        ),
    ]
