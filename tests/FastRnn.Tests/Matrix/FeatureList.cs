using FastRnn.Tests.Models;

namespace FastRnn.Tests.Matrix;

/// <summary>The shapes of the matrix: plain, stacked, dropout, recurrent dropout, zoneout, bidirectional, encoder and decoder with each
/// handover, attention, two attentions, input feeding, pooling, conditions, learned and drawn first states, activations,
/// scales and skips, layers that read backward, several inputs, several heads, and mixtures.</summary>
internal static class FeatureList
{
    public static IReadOnlyList<IFeatures> All { get; } =
    [
        new Features<PlainStack>(), new Features<OneHotText>(), new Features<EmbeddedText>(), new Features<DenseInTheMiddle>(),
        new Features<PianoRollMean>(),
        new Features<LearnedStart>(), new Features<RandomStart>(), new Features<DroppedOpinion>(), new Features<MaximumOfAll>(),
        new Features<MeanOfAll>(),
        new Features<LastOfBoth>(), new Features<BidirectionalLstmStack>(), new Features<BidirectionalGru>(),
        new Features<RecurrentlyDropped>(), new Features<HeldStack>(), new Features<HeldText>(),
        new Features<Translator>(), new Features<BridgedTranslator>(), new Features<Listener>(), new Features<PlainTranslator>(),
        new Features<FedListener>(), new Features<FedTranslator>(),
        new Features<TwoAttentions>(),
        new Features<StyledMelody>(), new Features<Caption>(),
        new Features<ScaledSkip>(), new Features<ActivatedStack>(), new Features<PiecewiseOpinion>(), new Features<DenseWithoutBias>(),
        new Features<BackwardStack>(), new Features<LastOfBackward>(), new Features<BackwardTranslator>(),
        new Features<MixedTagger>(), new Features<MixedTranslator>(), new Features<TwoTokens>(),
        new Features<ThreeHeads>(), new Features<PooledHeads>(),
    ];
}
