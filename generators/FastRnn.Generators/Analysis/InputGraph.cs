using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>One of the inputs of a part: the members of FastRnn.InputInfo.</summary>
/// <param name="Kind">Vectors or tokens.</param>
/// <param name="Size">How many numbers of the first layer's input it makes.</param>
/// <param name="Vocabulary">0 for vectors.</param>
internal sealed record InputGraph(InputKind Kind, int Size, int Vocabulary)
{
    /// <summary>Learned numbers of its table.</summary>
    public long TableCount => Kind == InputKind.Embedding ? (long)Vocabulary * Size : 0;

    /// <summary>The inputs with which a part begins.</summary>
    public static EquatableArray<InputGraph> Of(IEnumerable<AttributeSpec> part) => new(part.OfType<InputSpec>().Select(input =>
        new InputGraph(input.Kind, input.Kind == InputKind.OneHot ? input.Vocabulary : input.Size, input.Vocabulary)));

    /// <summary>What they are together.</summary>
    public static (InputKind Kind, int Size, int Vocabulary) Together(EquatableArray<InputGraph> inputs) => inputs.Count == 1
        ? (inputs[0].Kind, inputs[0].Size, inputs[0].Vocabulary)
        : (InputKind.Mixed, inputs.Sum(input => input.Size), 0);
}
