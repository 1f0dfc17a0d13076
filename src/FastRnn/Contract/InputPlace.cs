namespace FastRnn;

/// <summary>Where one of several inputs finds what it reads, and where it puts it.</summary>
/// <param name="Kind">Vectors or tokens.</param>
/// <param name="Size">How many numbers it makes.</param>
/// <param name="Vocabulary">Number of different tokens; 0 for vectors.</param>
/// <param name="Offset">Where its numbers begin in the first layer's input.</param>
/// <param name="Token">Which token of a position it reads; -1 for vectors.</param>
/// <param name="Table">Where its table begins among the model's parameters; -1 if it has none.</param>
/// <remarks>A class: lists and queries of a struct are compiled anew at each start of a program, a hundred methods for one such
/// type.</remarks>
internal sealed record InputPlace(InputKind Kind, int Size, int Vocabulary, int Offset, int Token, int Table)
{
    /// <summary>The inputs of a model's main part.</summary>
    public static InputPlace[] Of(ModelInfo info) => Of(info.Inputs, 0);

    /// <summary>The inputs of its encoder; none without one. A single embedding there is a layer, with its table among the
    /// layers'.</summary>
    public static InputPlace[] OfSource(ModelInfo info) => info.Source is not { } source ? []
        : source.Input == InputKind.Embedding ? [new(InputKind.Embedding, source.InputSize, source.Vocabulary, 0, 0, -1)]
        : Of(source.Inputs, Tables(info.Inputs));

    /// <summary>Numbers of a position's vectors.</summary>
    public static int Vectors(IReadOnlyList<InputInfo> inputs)
    {
        var size = 0;
        for (var i = 0; i < inputs.Count; i++)
        {
            size += inputs[i].Kind == InputKind.Vector ? inputs[i].Size : 0;
        }

        return size;
    }

    /// <summary>Tokens of a position.</summary>
    public static int Tokens(IReadOnlyList<InputInfo> inputs)
    {
        var count = 0;
        for (var i = 0; i < inputs.Count; i++)
        {
            count += inputs[i].Kind == InputKind.Vector ? 0 : 1;
        }

        return count;
    }

    /// <summary>Learned numbers of all tables.</summary>
    public static int Tables(IReadOnlyList<InputInfo> inputs)
    {
        var numbers = 0;
        for (var i = 0; i < inputs.Count; i++)
        {
            numbers += inputs[i].Kind == InputKind.Embedding ? inputs[i].Vocabulary * inputs[i].Size : 0;
        }

        return numbers;
    }

    private static InputPlace[] Of(IReadOnlyList<InputInfo> inputs, int table)
    {
        var places = new InputPlace[inputs.Count];
        var (offset, token) = (0, 0);
        for (var i = 0; i < places.Length; i++)
        {
            var (kind, size, vocabulary) = inputs[i];
            var hasTable = kind == InputKind.Embedding;
            places[i] = new(kind, size, vocabulary, offset, kind == InputKind.Vector ? -1 : token++, hasTable ? table : -1);
            offset += size;
            table += hasTable ? vocabulary * size : 0;
        }

        return places;
    }
}
