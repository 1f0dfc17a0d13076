using FastRnn.CompilerServices;

namespace FastRnn.Data;

/// <summary>What each sequence of a <see cref="SequenceDataset"/> consists of.</summary>
public sealed record SequenceFormat
{
    /// <summary>I: numbers of a position of the input; 0 if the input is tokens alone.</summary>
    public int InputSize { get; init; }

    /// <summary>The input's number of different tokens; 0 if any number from 0 on is right.</summary>
    public int Vocabulary { get; init; }

    /// <summary>Of an input of K tokens a position, or of tokens beside numbers: the number of different tokens of each, in declared order,
    /// 0 if any number from 0 on is right. Empty: one token a position (<see cref="Vocabulary"/>), or none if there are numbers.</summary>
    public IReadOnlyList<int> Vocabularies { get; init; } = [];

    /// <summary>O: numbers of a target; 0 if targets are tokens alone.</summary>
    public int TargetSize { get; init; }

    /// <summary>The targets' number of different tokens; 0 if any number from 0 on is right.</summary>
    public int TargetVocabulary { get; init; }

    /// <summary>Of K tokens a target, or of tokens beside numbers: the number of different tokens of each, in declared order, 0 if any
    /// number from 0 on is right. Empty: one token a target (<see cref="TargetVocabulary"/>), or none if there are numbers.</summary>
    public IReadOnlyList<int> TargetVocabularies { get; init; } = [];

    /// <summary>Whether there is one target a sequence (many-to-one) instead of one a position.</summary>
    public bool OneTarget { get; init; }

    /// <summary>Whether targets are a row of labels of a length of its own, from 1 on, as <c>[Ctc]</c> aligns them with the sequence. Then
    /// weights are one a sequence.</summary>
    public bool HasLabels { get; init; }

    /// <summary>C: numbers of the vector that a sequence starts from; 0 if there is none.</summary>
    public int ConditionSize { get; init; }

    /// <summary>Whether each sequence has a source of its own length, which an encoder reads.</summary>
    public bool HasSource { get; init; }

    /// <summary>Numbers of a position of the source; 0 if the source is tokens.</summary>
    public int SourceSize { get; init; }

    /// <summary>The source's number of different tokens; 0 if any number from 0 on is right.</summary>
    public int SourceVocabulary { get; init; }

    /// <summary>Of a source of several tokens a position, or of tokens beside numbers: as <see cref="Vocabularies"/>.</summary>
    public IReadOnlyList<int> SourceVocabularies { get; init; } = [];

    /// <summary>Tokens of a target.</summary>
    public int TargetTokenCount => TargetVocabularies.Count > 0 ? TargetVocabularies.Count : TargetSize == 0 ? 1 : 0;

    /// <summary>K: tokens of a position of the input.</summary>
    public int TokenCount => Vocabularies.Count > 0 ? Vocabularies.Count : InputSize == 0 ? 1 : 0;

    /// <summary>Tokens of a position of the source.</summary>
    public int SourceTokenCount => !HasSource ? 0 : SourceVocabularies.Count > 0 ? SourceVocabularies.Count : SourceSize == 0 ? 1 : 0;

    /// <summary>What a model is trained with.</summary>
    /// <param name="model">The model, with a loss.</param>
    /// <exception cref="ArgumentException">The model declares no loss, so that nothing is known about targets.</exception>
    public static SequenceFormat Of(ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Loss == LossKind.None)
            throw new ArgumentException($"{model.Name} declares no loss.", nameof(model));

        var classifies = model.TargetSize == 0;
        return new SequenceFormat
        {
            InputSize = model.VectorSize,
            Vocabulary = model.Vocabulary,
            Vocabularies = Several(model.Input, model.Inputs),
            TargetSize = model.TargetSize,
            TargetVocabulary = classifies ? model.OutputSize : 0,
            TargetVocabularies = model.Loss != LossKind.Mixed ? []
                : [.. model.Heads.Where(head => head.IsClassification).Select(head => head.Size)],
            OneTarget = model.OutputDomain == TimeDomain.Single,
            HasLabels = model.Loss == LossKind.Ctc,
            ConditionSize = model.ConditionSize,
            HasSource = model.Source is not null,
            SourceSize = model.Source?.VectorSize ?? 0,
            SourceVocabulary = model.Source?.Vocabulary ?? 0,
            SourceVocabularies = model.Source is { } source ? Several(source.Input, source.Inputs) : [],
        };
    }

    /// <summary>Of which vocabulary the k-th token of a position is.</summary>
    internal int VocabularyOf(int k) => Vocabularies.Count > 0 ? Vocabularies[k] : Vocabulary;

    /// <summary>Of which vocabulary the k-th token of a target is.</summary>
    internal int TargetVocabularyOf(int k) => TargetVocabularies.Count > 0 ? TargetVocabularies[k] : TargetVocabulary;

    /// <summary>Of which vocabulary the k-th token of a position of the source is.</summary>
    internal int SourceVocabularyOf(int k) => SourceVocabularies.Count > 0 ? SourceVocabularies[k] : SourceVocabulary;

    private static IReadOnlyList<int> Several(InputKind kind, IReadOnlyList<InputInfo> inputs) => kind != InputKind.Mixed ? []
        : [.. inputs.Where(input => input.Kind != InputKind.Vector).Select(input => input.Vocabulary)];

    /// <summary>Whether a sequence has one weight, and not each position.</summary>
    internal bool OneWeight => OneTarget || HasLabels;

    internal void Check()
    {
        if (HasLabels && (OneTarget || TargetSize > 0))
            throw new ArgumentException("HasLabels: expected no OneTarget and no TargetSize beside it, because labels are tokens.");

        foreach (var (value, name) in ((int, string)[])
        [
            (InputSize, nameof(InputSize)), (Vocabulary, nameof(Vocabulary)), (TargetSize, nameof(TargetSize)),
            (TargetVocabulary, nameof(TargetVocabulary)),
            (ConditionSize, nameof(ConditionSize)), (SourceSize, nameof(SourceSize)), (SourceVocabulary, nameof(SourceVocabulary)),
        ])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        }

        foreach (var vocabulary in Vocabularies)
            ArgumentOutOfRangeException.ThrowIfNegative(vocabulary, nameof(Vocabularies));
        foreach (var vocabulary in TargetVocabularies)
            ArgumentOutOfRangeException.ThrowIfNegative(vocabulary, nameof(TargetVocabularies));
        foreach (var vocabulary in SourceVocabularies)
            ArgumentOutOfRangeException.ThrowIfNegative(vocabulary, nameof(SourceVocabularies));
    }
}
