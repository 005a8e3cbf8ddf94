// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the meter collected from one user in one settlement.
/// @param user Who used the model.
/// @param list Cost at list price [USDC units].
/// @param paid What the user paid [USDC units].
struct Spend {
    address user;
    uint256 list;
    uint256 paid;
}

/// @notice Settings of emissions. One slot.
/// @param dailyRate The most that one epoch emits [FLOCK wei].
/// @param maxFlockPerUsdc The most FLOCK that one USDC of net revenue can earn [FLOCK per USDC].
/// @param nextDailyRate The rate from `nextFromEpoch` on [FLOCK wei].
/// @param nextMaxFlockPerUsdc The cap from `nextFromEpoch` on [FLOCK per USDC].
/// @param nextFromEpoch From which epoch the next settings hold.
struct EmissionSettings {
    uint96 dailyRate;
    uint16 maxFlockPerUsdc;
    uint96 nextDailyRate;
    uint16 nextMaxFlockPerUsdc;
    uint32 nextFromEpoch;
}

/// @notice All models in one epoch. One slot.
/// @param totalScore Sum of the scores [USDC units · 180ths of the age factor].
/// @param emission What the epoch emits [FLOCK wei]; it grows with the scores and never falls.
struct EpochTotals {
    uint128 totalScore;
    uint128 emission;
}

/// @notice What one model has to share, as far as it is rolled.
/// @param openEpoch The epoch that is not closed yet; 0 if none is open.
/// @param sweptEpoch The epoch of the last sweep; 0 if there was none. From the first on, fund and reserve are at an end.
/// @param openScore Its score so far [USDC units · 180ths].
/// @param openWeight Eligible weight so far [USDC units].
/// @param openAllowance The most FLOCK that its pool may get [FLOCK wei].
/// @param carriedEmission The users' part of emissions that waits for eligible use [FLOCK wei].
/// @param releasedFund What the staking fund has released into pools [FLOCK wei].
/// @param releasedReserve What the incentive reserve has released into pools [MT wei].
/// @param issuerBonus What waits for the issuer's seat [FLOCK wei].
struct ModelRewards {
    uint24 openEpoch;
    uint24 sweptEpoch;
    uint104 openScore;
    uint104 openWeight;
    uint128 openAllowance;
    uint128 carriedEmission;
    uint128 releasedFund;
    uint128 releasedReserve;
    uint128 issuerBonus;
}

/// @notice The pool of a model in an epoch with eligible use.
/// @param flock FLOCK to share [FLOCK wei].
/// @param mt MT to share [MT wei].
/// @param weight Eligible weight that shares them [USDC units].
struct Pool {
    uint128 flock;
    uint128 mt;
    uint256 weight;
}

/// @notice What a user can claim.
/// @param flock FLOCK [FLOCK wei].
/// @param mt MT of the model [MT wei].
struct Reward {
    uint128 flock;
    uint128 mt;
}

/// @title IEmissionDistributor
/// @notice Divides daily FLOCK emissions among models by Deployment Score (section 3.7), and a model's part among its
/// stakers by what they spent (section 3.8), together with the raise's staking fund and the MT incentive reserve.
///
/// Revenue counts when it arrives, so an epoch (one UTC day) is final the moment it ends, and nobody has to open or close
/// it. A model is rolled the first time it is touched in a later epoch: its open epoch is closed, which fills that epoch's
/// pool. A user is rolled after the model, from the pool of the one epoch its weight belongs to. All costs are constant.
///
/// Holds FLOCK: the budget, what is carried, and what is owed. The MT stays in the vault until it is claimed.
///
/// Trust: the meter reports what it collected. Governance sets rate and cap, from the next epoch on, and the minimum stake,
/// all inside constant bounds and with its delay. Nobody can take budget back.
interface IEmissionDistributor {
    /// @notice The budget has grown. `unreserved` is what no epoch has reserved [FLOCK wei].
    /// @param amount By how much [FLOCK wei].
    event Funded(address indexed from, uint256 amount, uint256 unreserved);
    /// @notice Usage has been recorded. What the epoch and the model stand at after it.
    /// @param score The model's score in this epoch [USDC units · 180ths of the age factor].
    /// @param weight Its eligible weight [USDC units].
    /// @param allowance The most FLOCK that its pool may get [FLOCK wei].
    /// @param totalScore The scores of all models in this epoch [USDC units · 180ths of the age factor].
    /// @param emission What the epoch emits [FLOCK wei].
    event UsageRecorded(
        uint256 indexed modelId,
        uint256 indexed epoch,
        uint256 score,
        uint256 weight,
        uint256 allowance,
        uint256 totalScore,
        uint256 emission
    );
    /// @notice A user's usage weighs for rewards. `weight` is its sum in this epoch [USDC units].
    event WeightAdded(uint256 indexed modelId, address indexed user, uint256 epoch, uint256 weight);
    /// @notice An epoch of a model has been closed.
    /// @param share Its part of the epoch's emission [FLOCK wei], rounded down.
    /// @param issuerBonus The issuer's part of that [FLOCK wei], rounded down.
    /// @param emission What of emissions went into the pool [FLOCK wei].
    /// @param fund What of the staking fund did [FLOCK wei].
    /// @param reserve What of the incentive reserve did [MT wei].
    /// @param weight Eligible weight that shares the pool [USDC units]; with 0 there is none.
    /// @param carriedEmission What of the users' part of emissions waits after it [FLOCK wei].
    event ModelRolled(
        uint256 indexed modelId,
        uint256 indexed epoch,
        uint256 share,
        uint256 issuerBonus,
        uint256 emission,
        uint256 fund,
        uint256 reserve,
        uint256 weight,
        uint256 carriedEmission
    );
    /// @notice A user's rewards of a model have been paid.
    /// @param flock What was sent [FLOCK wei].
    /// @param mt What was sent of the model's token [MT wei].
    event RewardClaimed(uint256 indexed modelId, address indexed user, uint256 flock, uint256 mt);
    /// @notice The issuer's bonus has been paid.
    /// @param flock What was sent [FLOCK wei].
    event IssuerBonusClaimed(uint256 indexed modelId, address indexed to, uint256 flock);
    /// @notice What nobody earned is gone: FLOCK to the treasury, MT burned.
    /// @param flock What was carried and what was left of the fund [FLOCK wei].
    /// @param mt What was left of the reserve [MT wei].
    event ModelSwept(uint256 indexed modelId, uint256 flock, uint256 mt);
    /// @notice Governance has changed rate and cap from `nextFromEpoch` on.
    event EmissionSettingsChanged(EmissionSettings previousSettings, EmissionSettings settings);
    /// @notice Governance has changed the minimum stake [MT wei].
    event MinimumStakeChanged(uint256 previousStake, uint256 minimumStake);

    /// @notice Only the meter records usage.
    error Emission_NotMeter(address caller);
    /// @notice An amount of zero.
    error Emission_ZeroAmount();
    /// @notice A payment needs a recipient other than the zero address.
    error Emission_ZeroRecipient();
    /// @notice There is nothing to claim.
    error Emission_NothingToClaim(address user);
    /// @notice Only the holder of the issuer's seat claims its bonus.
    error Emission_NotIssuer(address caller, address issuer);
    /// @notice The model has not graduated.
    error Emission_NotGraduated(uint256 modelId);
    /// @notice The model can be swept, or swept again, from `sweepableAt` on [s].
    error Emission_NotSweepable(uint256 modelId, uint256 sweepableAt);
    /// @notice Users have used the model in the open epoch, so that its pool may need what a sweep would take.
    error Emission_StillEarning(uint256 modelId, uint256 openEpoch);
    /// @notice A setting is outside its constant bounds [unit of the setting].
    error Emission_SettingOutOfBounds(bytes32 setting, uint256 value, uint256 least, uint256 most);

    /// @notice Adds FLOCK of the caller to the budget. Anyone.
    /// @dev Errors: `Emission_ZeroAmount`, `Transfer_NotExact`.
    /// @param amount How much [FLOCK wei].
    function fund(uint256 amount) external;

    /// @notice Records what a settlement of a model collected. Meter only.
    /// @dev Errors: `Emission_NotMeter`.
    /// @param modelId The model; it is live.
    /// @param liveAt When it went live [s].
    /// @param netRevenue What was left after compute cost [USDC units].
    /// @param paid What was paid in all [USDC units].
    /// @param spends What users with a wallet spent; the others count as revenue alone.
    function record(
        uint256 modelId,
        uint256 liveAt,
        uint256 netRevenue,
        uint256 paid,
        Spend[] calldata spends
    ) external;

    /// @notice Closes the open epoch of a model if it has ended. Anyone; every touch does it.
    function roll(uint256 modelId) external;

    /// @notice Pays a user what it has earned of several models. Anyone; it always goes to the user.
    /// @dev Errors: `Emission_NothingToClaim`.
    /// @return flock FLOCK that was paid [FLOCK wei].
    function claim(address user, uint256[] calldata modelIds) external returns (uint256 flock);

    /// @notice Pays the issuer's bonus of a model to `to`. Holder of the issuer's seat only.
    /// @dev Errors: `Emission_NotIssuer`, `Emission_ZeroRecipient`, `Emission_NothingToClaim`.
    /// @return flock What was paid [FLOCK wei].
    function claimIssuerBonus(uint256 modelId, address to) external returns (uint256 flock);

    /// @notice Ends the reserves of a model that nobody earned, 360 days after they have vested: the MT that was not
    /// released is burned, the carried FLOCK and the rest of the fund go to the treasury. Again every 360 days at most,
    /// for what was carried since. Anyone, in an epoch in which no eligible use has been settled yet.
    /// @dev Errors: `Emission_NotGraduated`, `Emission_NotSweepable`, `Emission_StillEarning`.
    function sweep(uint256 modelId) external;

    /// @notice Sets rate and cap from the next epoch on. Governance only.
    /// @dev Errors: `Emission_SettingOutOfBounds`.
    /// @param dailyRate The most that one epoch emits [FLOCK wei].
    /// @param maxFlockPerUsdc The most FLOCK that one USDC of net revenue can earn [FLOCK per USDC].
    function setEmissionSettings(uint96 dailyRate, uint16 maxFlockPerUsdc) external;

    /// @notice Sets the stake from which a user's usage weighs for rewards [MT wei]. Governance only.
    /// @dev Errors: `Emission_SettingOutOfBounds`.
    function setMinimumStake(uint96 minimumStake) external;

    /// @notice The epoch of now: whole UTC days since 1970.
    function currentEpoch() external view returns (uint256);

    /// @notice What a user can claim of a model now, with everything that a claim would roll.
    /// @return FLOCK and MT [FLOCK wei, MT wei]; the user's part of each epoch's pool is rounded down.
    function claimableOf(address user, uint256 modelId) external view returns (Reward memory);

    /// @notice What the holder of the issuer's seat can claim now [FLOCK wei].
    function issuerBonusOf(uint256 modelId) external view returns (uint256);

    /// @notice All models in one epoch.
    function epochTotalsOf(uint256 epoch) external view returns (EpochTotals memory);

    /// @notice A model, as far as it is rolled.
    function modelRewardsOf(uint256 modelId) external view returns (ModelRewards memory);

    /// @notice The pool of a model in an epoch; zeros if it had no eligible use or is not closed.
    function poolOf(uint256 modelId, uint256 epoch) external view returns (Pool memory);

    /// @notice The epoch to which a user's weight belongs, and the weight [USDC units].
    function weightOf(address user, uint256 modelId) external view returns (uint256 epoch, uint256 weight);

    /// @notice Rate and cap, present and next.
    function emissionSettings() external view returns (EmissionSettings memory);

    /// @notice The stake from which a user's usage weighs for rewards [MT wei].
    function minimumStake() external view returns (uint256);

    /// @notice Budget that no epoch has reserved [FLOCK wei].
    function unreserved() external view returns (uint256);
}
