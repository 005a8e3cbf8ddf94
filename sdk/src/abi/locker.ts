// Written by `npm run build` from the contracts: do not edit.
export const lockerAbi = [
  {"type":"error","name":"Locker_Locked","inputs":[{"name":"modelId","type":"uint256"},{"name":"unlocksAt","type":"uint256"}]},
  {"type":"error","name":"Locker_NotGraduated","inputs":[{"name":"modelId","type":"uint256"}]},
  {"type":"error","name":"Locker_NothingLocked","inputs":[{"name":"modelId","type":"uint256"}]},
  {"type":"error","name":"SafeERC20FailedOperation","inputs":[{"name":"token","type":"address"}]},
  {"type":"event","name":"LiquidityReleased","inputs":[{"name":"modelId","type":"uint256","indexed":true},{"name":"pair","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"liquidity","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"function","name":"DEX_FACTORY","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"address"}]},
  {"type":"function","name":"FLOCK","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"address"}]},
  {"type":"function","name":"LOCK_DURATION","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"uint256"}]},
  {"type":"function","name":"REGISTRY","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"address"}]},
  {"type":"function","name":"VAULT","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"address"}]},
  {"type":"function","name":"lockOf","stateMutability":"view","inputs":[{"name":"modelId","type":"uint256"}],"outputs":[{"name":"pair","type":"address"},{"name":"liquidity","type":"uint256"},{"name":"unlocksAt","type":"uint256"}]},
  {"type":"function","name":"release","stateMutability":"nonpayable","inputs":[{"name":"modelId","type":"uint256"}],"outputs":[{"name":"liquidity","type":"uint256"}]},
] as const;
