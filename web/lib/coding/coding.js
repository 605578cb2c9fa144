/* One page with three faces: all samples (/coding), what came of one (/coding/7), coding it (/coding/7?do=code). */
import { $ } from '../html.js';
import { fail, tail } from '../page/frame.js';
import { state } from '../page/state.js';

/* Each is named, so that what bundles the pages finds it. */
const faces = { samples: () => import('./samples.js'), code: () => import('./code.js'),
  one: () => import('./sample.js') };
faces[tail() === 'coding' ? 'samples' : state().do === 'code' ? 'code' : 'one']().catch(e => fail($('#view'), e));
