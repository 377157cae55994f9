"""What directory tells the floors below it."""

from taawun.directory.queries import holders_of, roles_of_users, standing_of
from taawun.foundation.ports import service

service("standing")(standing_of)
service("holders")(holders_of)
service("roles-of-users")(roles_of_users)
