"""Under which publisher each activity of a file is received."""

from dataclasses import dataclass, field

from taawun.interchange import rows
from taawun.interchange.iati.records import Activity
from taawun.interchange.models import Feed


@dataclass
class Feeds:
    """The publishers of one file: the one that was said, else whoever each activity names as reporting.

    Each is entered where it is met for the first time: one SQL statement or two for a publisher.
    """

    said: str = ""
    _held: dict[str, int] = field(default_factory=dict)

    def of(self, activity: Activity) -> int:
        """The key of the feed an activity is received by."""
        given = rows.cut(self.said or activity.reporting_ref or activity.identifier)[:200]
        if given not in self._held:
            names = activity.reporting_names if given == activity.reporting_ref else {}
            feed, _made = Feed.objects.get_or_create(reference=given, defaults={"names": names})
            self._held[given] = feed.pk
        return self._held[given]
