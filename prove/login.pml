/*
 * One pool of the auth server, and everything that two people, one of them hostile, can do to it.
 *
 * Victim has the genuine app on a phone, and a hostile app beside it. Mallory can send any request, and has a copy of the
 * genuine app under control. Each of the two genuine apps made one PKCE verifier; verifier and challenge go by the
 * person's name. Spin visits every order of every step, with any number of requests, two at a time.
 *
 * docs/model.md says what is assumed and what is left out. The lines of output are steps that a test replays by HTTP.
 */
mtype:who = { mallory, victim, nobody };
mtype:caller = { genuine, hostile, unnamed };
mtype:way = { backend, bare, neighbour };
mtype:decision = { consume, replay, refuse, none };

/* How the pool is set, and its app written. */
#ifndef SECRET
#define SECRET 1              /* an exchange needs the pool secret, which the backend has */
#endif
#ifndef PKCE
#define PKCE 1                /* the genuine app sends a challenge, and with the ticket its verifier */
#endif
#ifndef REQUIRE_PKCE
#define REQUIRE_PKCE 0
#endif

/* The server's locks. -DWITHOUT=... takes one out. */
#define ALLOW_LIST 1          /* a login begins only from an app on the pool's list, */
#define CALLER_KNOWN 2        /* and not from one that hides itself */
#define CHALLENGE_OWNED 3     /* a challenge belongs to the first person who uses it */
#define SECRET_CHECKED 4      /* where a secret is needed, nothing happens without it */
#define POOL_BOUND 5          /* a ticket is unknown in any other pool */
#define VERIFIER_NEEDED 6     /* a ticket with a challenge needs its verifier, */
#define VERIFIER_STRAY 7      /* and one without a challenge takes none */
#define LIST_AGAIN 8          /* the list holds at the exchange too */
#define BLOCK_AGAIN 9         /* so does a person's being blocked */
#define PROOF_FIRST 10        /* what lacks the proof neither consumes nor revokes */
#define CONSUMED_ONCE 11      /* "unused" is asked again by the statement that writes "used" */
#define SIBLINGS_SPENT 12     /* the first exchange spends every ticket of its login */
#define REPLAY_REVOKES 13     /* the same ticket, exchanged again much later, takes the token away; */
#define RETRY_SPARED 14       /* within five seconds it does not: a backend may have lost the answer; */
#define SIBLING_SPARED 15     /* nor does a sibling of the ticket that was exchanged */
#ifndef WITHOUT
#define WITHOUT 0
#endif
#define lock(name, condition) (WITHOUT == name || (condition))

/* What the server relies on and cannot enforce. -DBROKEN=... shows what follows without it. */
#define RETURN_UNREAD 1       /* without PKCE, nobody else reads what returns to the app */
#define STATE_CHECKED 2       /* without PKCE, the app refuses an answer whose `state` is not its own */
#define LAUNCH_READ_LATE 3    /* who reads the launch path is slower than the person's own applet */
#define CALLER_TRUE 4         /* Victim's WeChat names the app that really opened the applet */
#define LOGIN_CODE_KEPT 5     /* Victim's code of wx.login goes to the server only */
#ifndef BROKEN
#define BROKEN 0
#endif
#define assumed(name) (BROKEN != name)

/* A login as the server keeps it. Its tickets are 2n + 1 and, once renewed, 2n + 2. */
typedef Login {
  mtype:who person = nobody;     /* nobody: not begun */
  mtype:caller app;
  mtype:who challenge = nobody;  /* nobody: sent without one */
  bool elsewhere;                /* in Mallory's own pool, which takes whom it likes */
  bool renewed;
  byte consumed;                 /* the ticket that was exchanged; 0: none yet */
  bool revoked;
  bool late;                     /* five seconds have passed since */
  /* Kept only to judge the server: */
  byte tokens;                   /* how many were given */
  bool rightly;                  /* whoever consumed it had the proof */
  bool replayed;                 /* the same ticket came again, late and with the proof */
}
#define OWN 0                    /* Victim's, begun by the genuine app */
#define LURED 1                  /* Victim's, begun by the hostile app, in this pool or in Mallory's own */
#define MALLORYS 2               /* Mallory's */
Login login[3];
mtype:who owner[4] = nobody;     /* of each challenge */
bool listed = true;              /* the genuine app */
bool blocked;                    /* Victim */
mtype:who session = nobody;      /* who Victim's app is signed in as */

/* What must never happen. */
#define promise(name, condition) \
  if :: (condition) :: else -> printf("BROKEN "); printf(#name); printf("\n"); assert(false) fi

inline promisesOfToken() {
  promise(once, login[l].tokens == 1);
  promise(theft, login[l].person != victim || holder == victim);
  promise(fixation, login[l].person != mallory || holder == mallory);
  promise(operator, permitted);
  promise(proof, entitled)
}
inline promisesOfReplay() {
  promise(proof, login[l].rightly || !entitled);
  if
  :: login[l].tokens > 0 ->
     printf("STEP introspect login=%d active=%d\n", l, !login[l].revoked);
     promise(revocation, login[l].revoked == login[l].replayed)
  :: else
  fi
}

/* POST attempts. */
#define admits(who, from, with) \
  lock(ALLOW_LIST, from != hostile) && (listed || from != genuine) && lock(CALLER_KNOWN, from != unnamed) && \
  !(REQUIRE_PKCE && with == nobody) && !(blocked && who == victim) && \
  lock(CHALLENGE_OWNED, with == nobody || owner[with] == nobody || owner[with] == who)

/* Who exchanges which ticket, with what: all that anybody could try. */
#define begun(n) (login[n].person != nobody)
#define anyTicketOf(n) begun(n) -> ticket = 2 * n + 1 :: login[n].renewed -> ticket = 2 * n + 2
#define knownTicket \
  if \
  :: anyTicketOf(LURED) :: anyTicketOf(MALLORYS) \
  :: (PKCE || !assumed(RETURN_UNREAD)) -> if :: anyTicketOf(OWN) :: else fi \
  :: else \
  fi

inline ask() {
  if
  :: session == nobody -> holder = victim; route = backend;
     if :: PKCE -> verifier = victim :: else fi;
     if
     :: anyTicketOf(OWN)                                    /* returned by WeChat */
     :: (PKCE || !assumed(STATE_CHECKED)) -> knownTicket    /* slipped in by Mallory */
     :: else
     fi
  :: holder = mallory;
     if
     :: route = backend                                     /* by the genuine backend, which believes any copy of its app */
     :: route = bare                                        /* to the server itself, without a secret */
     :: route = neighbour                                   /* in a pool of Mallory's own, with that pool's secret */
     fi;
     if :: verifier = mallory :: true fi;
     knownTicket
  fi
}

/* The order of an exchange. */
#define spent (login[l].consumed != 0 && (WITHOUT != SIBLINGS_SPENT || login[l].consumed == ticket))

inline judge() {
  l = (ticket - 1) / 2;
  proven = lock(SECRET_CHECKED, !SECRET || route != bare) &&
    lock(POOL_BOUND, route != neighbour && !login[l].elsewhere) &&
    (login[l].challenge == nobody || lock(VERIFIER_NEEDED, verifier == login[l].challenge)) &&
    (login[l].challenge != nobody || (lock(VERIFIER_STRAY, verifier == nobody) && !REQUIRE_PKCE)) &&
    lock(LIST_AGAIN, listed || login[l].app != genuine);
  if
  :: route == neighbour && login[l].elsewhere -> verdict = refuse   /* what Mallory's pool does with its own is its affair */
  :: else ->
     if
     :: !lock(PROOF_FIRST, proven) -> verdict = refuse
     :: lock(PROOF_FIRST, proven) && spent -> verdict = replay
     :: lock(PROOF_FIRST, proven) && !spent -> verdict = consume
     fi
  fi;
  /* The same from outside, without regard to locks. */
  entitled = !login[l].elsewhere && (route == backend || (route == bare && !SECRET)) && verifier == login[l].challenge;
  permitted = (listed || login[l].app != genuine) && !(blocked && login[l].person == victim)
}

inline answerReplay() {
  if
  :: WITHOUT != REPLAY_REVOKES && lock(RETRY_SPARED, login[l].late) && lock(SIBLING_SPARED, login[l].consumed == ticket) ->
     login[l].revoked = true
  :: else
  fi;
  if :: entitled && login[l].late && login[l].consumed == ticket -> login[l].replayed = true :: else fi;
  printf("STEP answer request=%d used\n", _pid);
  promisesOfReplay()
}

inline answerConsume() {
  login[l].consumed = ticket; login[l].rightly = entitled;
  if
  :: proven && lock(BLOCK_AGAIN, !blocked || login[l].person != victim) ->
     login[l].tokens++;
     printf("STEP answer request=%d token\n", _pid);
     promisesOfToken();
     if
     :: holder == victim -> session = login[l].person
     :: true                                                /* the answer is lost, or Mallory's */
     fi
  :: else -> printf("STEP answer request=%d refused\n", _pid)
  fi
}

inline forget() {
  ticket = 0; l = 0; holder = nobody; verifier = nobody; route = 0; verdict = none;
  proven = false; entitled = false; permitted = false
}

/* POST auth. */
active [2] proctype Exchange() {
  byte ticket, l;
  mtype:who holder = nobody, verifier = nobody;
  mtype:way route;
  mtype:decision verdict = none;
  bool proven, entitled, permitted;

  do
  :: atomic {
       verdict == none -> ask();
       if
       :: ticket == 0 -> forget()
       :: else ->
          judge();
          printf("STEP exchange request=%d ticket=%d route=%e verifier=%e\n", _pid, ticket, route, verifier);
          if
          :: verdict == refuse -> printf("STEP answer request=%d refused\n", _pid); forget()
          :: verdict == replay -> answerReplay(); forget()
          :: verdict == consume                             /* another request may come between looking and writing */
          fi
       fi
     }
  :: atomic {
       verdict == consume ->
       if
       :: spent && WITHOUT != CONSUMED_ONCE ->
          printf("STEP answer request=%d used\n", _pid)
       :: else -> answerConsume()
       fi;
       forget()
     }
  od
}

/* What people, their apps and WeChat do. A login that the server refuses changes nothing, so it is no step. */
inline begin(n) {
  if
  :: admits(person, app, challenge) ->
     login[n].person = person; login[n].app = app; login[n].challenge = challenge;
     if :: challenge != nobody && owner[challenge] == nobody -> owner[challenge] = person :: else fi;
     printf("STEP begin login=%d person=%e app=%e challenge=%e\n", n, person, app, challenge)
  :: else
  fi;
  person = nobody; app = genuine; challenge = nobody
}

active proctype World() {
  byte n;
  mtype:who person = nobody, challenge = nobody;
  mtype:caller app = genuine;

  do
  :: atomic {                                               /* Victim signs in to the genuine app */
       !begun(OWN) -> person = victim;
       if :: PKCE -> challenge = victim :: else fi;
       begin(OWN)
     }
  :: atomic {                                               /* the hostile app begins a login, and Victim confirms it */
       !begun(LURED) -> person = victim;
       if :: app = hostile :: app = unnamed :: !assumed(CALLER_TRUE) -> app = genuine fi;
       if :: challenge = mallory :: challenge = victim :: true fi;
       begin(LURED)
     }
  :: atomic {                                               /* or Victim signs in to Mallory's own app, in Mallory's pool */
       !begun(LURED) -> login[LURED].person = victim; login[LURED].app = hostile; login[LURED].elsewhere = true;
       if :: challenge = mallory :: challenge = victim :: true fi;
       login[LURED].challenge = challenge;
       printf("STEP begin-elsewhere login=%d challenge=%e\n", LURED, challenge);
       challenge = nobody
     }
  :: atomic {                                               /* Mallory begins one, and claims to come from the genuine app */
       !begun(MALLORYS) ->
       if :: person = mallory :: !assumed(LOGIN_CODE_KEPT) -> person = victim fi;
       if
       :: challenge = mallory
       :: PKCE && (begun(OWN) || !assumed(LAUNCH_READ_LATE)) -> challenge = victim
       :: true
       fi;
       begin(MALLORYS)
     }
  :: atomic {                                               /* an applet renews its ticket */
       if :: n = OWN :: n = LURED :: n = MALLORYS fi;
       if
       :: begun(n) && !login[n].renewed && login[n].consumed == 0 ->
          login[n].renewed = true; printf("STEP renew login=%d\n", n)
       :: else
       fi;
       n = 0
     }
  :: atomic { listed -> listed = false; printf("STEP unlist\n") }
  :: atomic { !blocked -> blocked = true; printf("STEP block\n") }
  :: atomic {                                               /* five seconds pass */
       for (n in login) { login[n].late = (login[n].consumed != 0) }
       n = 0;
       printf("STEP wait\n")
     }
  od
}
