export class ReadView { constructor(b) { this.box = b; } async draw() {} choose() {} nth() {} }
