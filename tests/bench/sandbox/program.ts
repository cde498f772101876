/** The program that every contender runs, and what it must print. */

/** An async ORM program, small and ordinary: what a learner's answer looks like. */
export const program = `
import asyncio
from django.contrib.auth.models import User

async def main():
    for n in range(10):
        await User.objects.acreate(username=f"user-{n}")
    print([user.username async for user in User.objects.filter(pk__gt=5)])
    print(await User.objects.acount())

asyncio.run(main())
`;

const expected = "['user-5', 'user-6', 'user-7', 'user-8', 'user-9']\n10\n";

/** The same program on the same packages, with all that has to come before it. */
export function coldProgram(packages: string): string {
  return `
import sys
sys.path.insert(0, ${JSON.stringify(packages)})
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:m?mode=memory&cache=shared"}},
    USE_TZ=True,
)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
${program}`;
}

/** @throws Error when this is not what the program prints: a time for something else means nothing. */
export function mustBeRight(who: string, output: string): void {
  if (output === expected) return;
  throw new Error(
    `${who} did not run the program: it should print ${JSON.stringify(expected)}, and printed ${JSON.stringify(output.slice(0, 2000))}`,
  );
}
