using FastRnn.Compiler;

namespace FastRnn.Cli.Models;

/// <summary>What a byte-level language model is made of: an embedding, layers of one cell with dropout behind each, a dense layer over
/// all bytes; or a declaration of the user's.</summary>
internal sealed record ByteModelSpec
{
    public const string DefaultCell = "lstm";
    public const int DefaultHidden = 128, DefaultLayers = 2, DefaultEmbedding = 64;

    /// <summary>What the generator accepts.</summary>
    public const int LargestSize = 65_536;

    /// <summary>So many layers nobody trains, and each is compiled for itself.</summary>
    public const int MostLayers = 64;

    public static readonly ByteModelSpec Default = new();

    /// <summary>One of <see cref="BuiltInCells.Names"/>; or, with <see cref="Code"/>, the class of the cell or model.</summary>
    public string Cell { get; init; } = DefaultCell;

    /// <summary>Units, layer by layer; of a declaration nothing.</summary>
    public IReadOnlyList<int> HiddenSizes { get; init; } = [DefaultHidden, DefaultHidden];

    public int EmbeddingSize { get; init; } = DefaultEmbedding;

    /// <summary>Behind each recurrent layer, on what goes up and never on what goes on in time (Zaremba, Sutskever and Vinyals
    /// 2014).</summary>
    public double Dropout { get; init; }

    /// <summary>How probable it is in training that a unit keeps its old state for a step (Krueger et al. 2016).</summary>
    public double Zoneout { get; init; }

    /// <summary>Sizes of the dimensions that the cell brings along.</summary>
    public IReadOnlyList<int> Dimensions { get; init; } = [];

    /// <summary>The user's file, or null.</summary>
    public ModelCode? Code { get; init; }

    /// <summary>Whether there is a class in this program, so that nothing has to be compiled.</summary>
    public bool IsDeclaredHere => Code is null && EmbeddingSize == DefaultEmbedding && Dropout == 0 && Zoneout == 0
        && Dimensions.Count == 0 && HiddenSizes is [DefaultHidden, DefaultHidden] && ByteModels.Declared.Contains(Cell);

    /// <summary>The class that is compiled: told apart from the cell's.</summary>
    public string ClassName => (Code is null ? BuiltInCells.ClassName(Cell) : Cell[(Cell.LastIndexOf('.') + 1)..]) + "Bytes";

    /// <summary>In a few words, for lines and tables.</summary>
    public string Title
    {
        get
        {
            var sizes = string.Join(" and ", HiddenSizes.Select(size => FormattableString.Invariant($"{size}")));
            var embedding = EmbeddingSize == DefaultEmbedding ? "" : FormattableString.Invariant($", embedding {EmbeddingSize}");
            return HiddenSizes.Count == 0 ? Cell : $"{Cell}, layers of {sizes}{embedding}{Rates}";
        }
    }

    /// <summary>What chance does in training, behind a comma each; empty for nothing.</summary>
    public string Rates => (Dropout > 0 ? FormattableString.Invariant($", dropout {Dropout}") : "")
        + (Zoneout > 0 ? FormattableString.Invariant($", zoneout {Zoneout}") : "");

    /// <summary>The declaration, part by part.</summary>
    public ModelSpec ToModelSpec() => new(
        ClassName,
        [
            ModelPart.Embedding(ByteVocabularySize, EmbeddingSize),
            .. HiddenSizes.SelectMany(Layer),
            ModelPart.Dense(ByteVocabularySize),
            ModelPart.SoftmaxCrossEntropy(Reduction.Mean),
        ]);

    private const int ByteVocabularySize = Data.ByteVocabulary.Size;

    private IEnumerable<ModelPart> Layer(int size)
    {
        yield return ModelPart.Layer(
            Code is null ? BuiltInCells.ClassName(Cell) : Cell, size, new() { Dimensions = Dimensions, Zoneout = Zoneout });
        if (Dropout > 0)
            yield return ModelPart.Dropout(Dropout);
    }
}
