namespace FastRnn;

/// <summary>What everything that runs a model is made with: sessions, predictors, evaluators, trainers and the others.</summary>
public record RunOptions
{
    /// <summary>B: the most sequences of a call, or the streams that are stepped together; at least 1.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>The largest T of a sequence, at least 1; in training the length after which truncated BPTT cuts the gradient. A session has
    /// none.</summary>
    public int SequenceLength { get; init; } = 64;

    /// <summary>The largest T of what an encoder reads; 0 takes <see cref="SequenceLength"/>. Without an encoder it means
    /// nothing.</summary>
    public int SourceLength { get; init; }

    /// <summary>The most labels of a sequence whose loss is <see cref="LossKind.Ctc"/>; 0 takes <see cref="SequenceLength"/>, which is
    /// always enough. Memory for each worker grows with the product of both. For other losses it means nothing.</summary>
    public int TargetLength { get; init; }

    /// <summary>The most positions (steps of all sequences together) for which memory is taken; 0 takes <see cref="BatchSize"/> times
    /// <see cref="SequenceLength"/>. A batch of more is computed in groups, with the same bits; where a few sequences are far longer than
    /// the others, memory follows the sum of the lengths so. A window of streams that are trained is cut in time instead, as
    /// <c>TrainerOptions.MemoryBytes</c> says, and a pass by hand (<c>Bptt</c>, <c>Inspector</c>) refuses what does not fit. A session and
    /// a generator do not look at it.</summary>
    public int MaxPositions { get; init; }

    /// <summary>The most workers, 1 to 1024; 0 takes one for each processor, and for streams only as many as their work makes worthwhile. A
    /// pass that is too small for all of them has fewer. Sessions and generators with 0 share the workers of the process and take turns
    /// with them: a service of many will want 1. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>How weights are kept. What passes back keeps <see cref="WeightFormat.Float32"/> and refuses others.</summary>
    public WeightFormat Weights { get; init; }

    /// <summary>Layers, by their index among those of <see cref="ModelInfo.Layers"/>, whose weights stay in single precision whatever
    /// <see cref="Weights"/> says: for int8 often the first and the last one that have a matrix. Functions, poolings and directions
    /// are layers of that list too; one without a matrix has nothing to keep. <c>Predictor.MeasureRounding</c> says which of them lose
    /// most. The list is copied when something is made with these options.</summary>
    public IReadOnlyList<int> Float32Layers { get; init; } = [];

    /// <summary>What each class counts in the loss of a model with <see cref="LossKind.SoftmaxCrossEntropy"/>: a number for each output,
    /// finite, at least 0 and not all 0; empty if all count 1. The loss of a position is multiplied by the weight of its label, and a mean
    /// is divided by the sum of these weights, as PyTorch's <c>CrossEntropyLoss(weight=...)</c> does it; with
    /// <see cref="SoftmaxCrossEntropyAttribute.LabelSmoothing"/> the part of each class is multiplied by the weight of that class. A
    /// position whose label weighs 0 does not count at all. Trainers, evaluators and an inspector look at it, each with its own options:
    /// an evaluator without it measures the loss as it is. Of a model with several heads (<see cref="OutputAttribute"/>) they are those of
    /// all heads that classify, one behind the other; a mean is divided by the positions there, whatever their labels weigh, because other
    /// heads have none.</summary>
    public IReadOnlyList<float> ClassWeights { get; init; } = [];

    /// <summary>What a positive target (1) of each output counts against a negative one in the loss of a model with
    /// <see cref="LossKind.SigmoidBinaryCrossEntropy"/>: a finite number of at least 0 for each output; empty if all count 1. PyTorch's
    /// <c>BCEWithLogitsLoss(pos_weight=...)</c>; of several heads with that loss one behind the other. A mean is divided by the positions,
    /// whatever they count. Trainers, evaluators and an inspector look at it.</summary>
    public IReadOnlyList<float> PositiveWeights { get; init; } = [];

    /// <summary>Whether a predictor keeps the states with which sequences end and takes those with which they begin
    /// (<c>Predictor.GetState</c>, <c>SetState</c>). It costs memory and a copy of the states of each sequence. Nothing else looks at
    /// it: a session, a trainer and a pass by hand have their states anyway.</summary>
    public bool KeepStates { get; init; }
}
