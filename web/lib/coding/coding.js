/* One page with three faces: all samples (/coding), what came of one (/coding/7), coding it (/coding/7?do=code). */
import { $ } from '../html.js';
import { fail, tail } from '../page/frame.js';
import { state } from '../page/state.js';

const face = tail() === 'coding' ? './samples.js' : state().do === 'code' ? './code.js' : './sample.js';
import(face).catch(e => fail($('#view'), e));
