"""Whether an act took place, as the text has it: the words around a trigger that plan, promise, cancel or deny it.

`climb` goes from the trigger up the tree; `own` reads what stands with a verb itself, `nouns` and `verbs` what its
governor makes of it, `phrases` holds the shapes of phrases that other modules of events ask about too.
"""

from dragoman.reading.events.status.climb import status_of
from dragoman.reading.events.status.own import own_status
from dragoman.reading.events.status.phrases import case_of, first_conjunct, is_light, is_time, outer, with_particle

__all__ = ["case_of", "first_conjunct", "is_light", "is_time", "outer", "own_status", "status_of", "with_particle"]
