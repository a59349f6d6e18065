/** The participant's small script: every page works without it; it makes some of them live. */
import "@/styles/fonts.css";
import "@/styles/tokens.css";
import "@/styles/base.css";
import "@/styles/card.css";
import "@/styles/forms.css";
import "@/styles/participant.css";
import "@/styles/interview.css";
import "@/styles/vote.css";
import { startCardEditor } from "./card-editor";
import { startInterview } from "./interview";
import { startLanding } from "./landing";
import { goOnAfterWaiting, letLanguagesClose, letCopy, letQuotesClose, sayWhyItWaits, sendOnce, stayAboveKeyboard } from "./page";
import { startVotes } from "./votes";

letCopy();
letQuotesClose();
letLanguagesClose();
sayWhyItWaits();
sendOnce();
stayAboveKeyboard();
goOnAfterWaiting();
startInterview();
startCardEditor();
startVotes();
startLanding();
