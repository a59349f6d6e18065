from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("elicitation", "0003_freeze_protocols")]
    operations = [
        migrations.RemoveField(
            model_name="protocol",
            name="completion_code",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="disclosure",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="help_contact",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="min_age",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="minutes",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="question",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="question_title",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="votes_each",
        ),
        migrations.RemoveField(
            model_name="protocol",
            name="who_may_read",
        ),
    ]
