using FastRnn.CompilerServices;

namespace FastRnn.Data;

/// <summary>What each sequence of a <see cref="SequenceDataset"/> consists of.</summary>
public sealed record SequenceFormat
{
    /// <summary>I: numbers of a position of the input; 0 if the input is tokens.</summary>
    public int InputSize { get; init; }

    /// <summary>The input's number of different tokens; 0 if any number from 0 on is right.</summary>
    public int Vocabulary { get; init; }

    /// <summary>O: numbers of a target; 0 if targets are tokens.</summary>
    public int TargetSize { get; init; }

    /// <summary>The targets' number of different tokens; 0 if any number from 0 on is right.</summary>
    public int TargetVocabulary { get; init; }

    /// <summary>Whether there is one target a sequence (many-to-one) instead of one a position.</summary>
    public bool OneTarget { get; init; }

    /// <summary>C: numbers of the vector that a sequence starts from; 0 if there is none.</summary>
    public int ConditionSize { get; init; }

    /// <summary>Whether each sequence has a source of its own length, which an encoder reads.</summary>
    public bool HasSource { get; init; }

    /// <summary>Numbers of a position of the source; 0 if the source is tokens.</summary>
    public int SourceSize { get; init; }

    /// <summary>The source's number of different tokens; 0 if any number from 0 on is right.</summary>
    public int SourceVocabulary { get; init; }

    /// <summary>What a model is trained with.</summary>
    /// <param name="model">The model, with a loss.</param>
    /// <exception cref="ArgumentException">The model declares no loss, so that nothing is known about targets.</exception>
    public static SequenceFormat Of(ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Loss == LossKind.None)
            throw new ArgumentException($"{model.Name} declares no loss.", nameof(model));

        var classifies = model.Loss == LossKind.SoftmaxCrossEntropy;
        return new SequenceFormat
        {
            InputSize = model.Input == InputKind.Vector ? model.InputSize : 0,
            Vocabulary = model.Vocabulary,
            TargetSize = model.TargetSize,
            TargetVocabulary = classifies ? model.OutputSize : 0,
            OneTarget = model.OutputDomain == TimeDomain.Single,
            ConditionSize = model.ConditionSize,
            HasSource = model.Source is not null,
            SourceSize = model.Source is { Input: InputKind.Vector } source ? source.InputSize : 0,
            SourceVocabulary = model.Source?.Vocabulary ?? 0,
        };
    }

    internal void Check()
    {
        foreach (var (value, name) in ((int, string)[])
        [
            (InputSize, nameof(InputSize)), (Vocabulary, nameof(Vocabulary)), (TargetSize, nameof(TargetSize)),
            (TargetVocabulary, nameof(TargetVocabulary)),
            (ConditionSize, nameof(ConditionSize)), (SourceSize, nameof(SourceSize)), (SourceVocabulary, nameof(SourceVocabulary)),
        ])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        }
    }
}
