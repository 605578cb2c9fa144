/* Where a page asks who sits here: a field for a name, or, on a server that knows its users, the name that it
   has for this one, which nothing typed here would change. */
import { html } from '../html.js';
import { myName, user } from './me.js';

/** The field with its label, or the user's name behind it. */
export const seat = label => (user() ? html`<p class="label" id="user">${label} <b>${user()}</b>, as this server
  knows you</p>` : html`<label class="label">${label} <input class="box" id="me" autocomplete="nickname"
  maxlength="60" value="${myName()}" placeholder="this window"></label>`);

const MAY = { reader: 'Readers see everything and change nothing.',
  reviewer: 'Reviewers decide, code, and take back what they did themselves.',
  owner: 'Owners also import, draw samples, and take back what anybody did.' };

/** What somebody of that role may do here; '' where the server knows no users. */
export const roleWords = me => (me?.name && MAY[me.role] ? html`<p class="label">You are <b>${me.name}</b>, ${me.role}
  on this server. ${MAY[me.role]}</p>` : '');
