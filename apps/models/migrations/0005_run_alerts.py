import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('models', '0004_instant'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='queued_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='Since when it waits, or waited last: its place in the queue.'),
        ),
        migrations.CreateModel(
            name='RunAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('nan', 'nan'), ('divergence', 'divergence'), ('stall', 'stall'), ('disk', 'disk'), ('lost_worker', 'lost_worker'), ('failure', 'failure')], max_length=20)),
                ('step', models.PositiveIntegerField()),
                ('message', models.TextField(help_text='What happened and what to do, in a sentence or two.')),
                ('lines', models.JSONField(default=list, help_text='The last useful lines of the log.')),
                ('raised_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, help_text='Since when it is over, if it is.', null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='models.run')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
    ]
