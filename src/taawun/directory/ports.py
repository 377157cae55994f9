"""What directory tells the floors below it."""

from taawun.directory.queries import holders_of, names_of_users, on_paper_among, roles_of_users, standing_of
from taawun.foundation.ports import service

service("on-paper")(on_paper_among)
service("standing")(standing_of)
service("holders")(holders_of)
service("names-of-users")(names_of_users)
service("roles-of-users")(roles_of_users)
