"""The words a list is found by: the same function for what is stored and for what is asked.

NFKD takes letters and their marks apart; the marks of Latin letters, of Arabic and its lengthening stroke go; alef
maqsura and ta marbuta are written as people type them. Signs divide words. A word is cut at 200 letters.
"""

from django.db import migrations

# Bodies of the standard's form: read when the function is made, so that an index can be built under any search path.
FOLD = """
CREATE FUNCTION taawun_folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
  regexp_replace(lower(normalize($1, NFKD) COLLATE pg_c_utf8), U&'[\\0300-\\036F\\064B-\\065F\\0670\\0640]', '', 'g'),
  U&'\\0649\\0629', U&'\\064A\\0647');
"""
WORDS = """
CREATE FUNCTION taawun_words(VARIADIC text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT coalesce(array_to_tsvector(array_agg(DISTINCT left(word, 200))), ''::tsvector)
  FROM regexp_split_to_table(
    taawun_folded(array_to_string($1, ' ')), '[[:space:][:punct:][:cntrl:]]+' COLLATE pg_c_utf8) word
  WHERE word <> '');
"""
ASKED = """
CREATE FUNCTION taawun_asked(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT coalesce(string_agg('''' || word || ''':*', ' & ')::tsquery, ''::tsquery)
  FROM unnest(tsvector_to_array(taawun_words($1))) word);
"""


class Migration(migrations.Migration):
    """Three functions of the database, taken away again on the way back."""

    dependencies = [("foundation", "0002_tasks_on_behalf")]
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION taawun_folded(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION taawun_words(text[])"),
        migrations.RunSQL(ASKED, "DROP FUNCTION taawun_asked(text)"),
    ]
