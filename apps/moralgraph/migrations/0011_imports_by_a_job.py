import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moralgraph', '0010_own_stories'),
        ('shared', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='graphimport',
            name='one_live_import_a_content',
        ),
        migrations.AddField(
            model_name='graphimport',
            name='dry_run',
            field=models.BooleanField(default=False, help_text='Looked at alone; nothing of it was kept.'),
        ),
        migrations.AddField(
            model_name='graphimport',
            name='job',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='shared.job'),
        ),
        migrations.AddField(
            model_name='graphimport',
            name='message',
            field=models.CharField(blank=True, help_text='Why it was refused, with the place.', max_length=500),
        ),
        migrations.AddField(
            model_name='graphimport',
            name='state',
            field=models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('refused', 'Refused')], default='done', max_length=10),
        ),
        migrations.AlterField(
            model_name='graphimport',
            name='form',
            field=models.CharField(blank=True, help_text='As recognised; empty until it is read.', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='graphimport',
            constraint=models.UniqueConstraint(condition=models.Q(('dry_run', False), ('undone_at__isnull', True), models.Q(('state', 'refused'), _negated=True)), fields=('study', 'sha256'), name='one_live_import_a_content'),
        ),
    ]
