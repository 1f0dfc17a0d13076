using System.CommandLine;

using FastRnn.Cli.Models;

using static System.FormattableString;

namespace FastRnn.Cli.Commands;

/// <summary>The options that say what a byte-level language model is made of.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> cell = new Option<string?>("--cell")
    {
        Description = $"The recurrent cell: one of {string.Join(", ", BuiltInCells.Names)}; or a C# file with a cell of your own "
            + $"(my_cell.cs, my_cell.cs:Name), which is compiled and run. {ByteModelSpec.DefaultCell} unless said otherwise.",
    };

    private readonly Option<int?> hidden = new Option<int?>("--hidden")
    {
        Description = Invariant($"Units of a layer; {ByteModelSpec.DefaultHidden}."),
    }.Between(1, ByteModelSpec.LargestSize);

    private readonly Option<int?> layers = new Option<int?>("--layers")
    {
        Description = Invariant($"Recurrent layers; {ByteModelSpec.DefaultLayers}."),
    }.Between(1, ByteModelSpec.MostLayers);

    private readonly Option<int?> embedding = new Option<int?>("--embedding")
    {
        Description = Invariant($"Length of the vector of a byte; {ByteModelSpec.DefaultEmbedding}."),
    }.Between(1, ByteModelSpec.LargestSize);

    private readonly Option<double?> dropout = new Option<double?>("--dropout")
    {
        Description = "Part of the outputs of each recurrent layer that is left out in training, 0 to below 1; 0.",
    }.Below(1);

    private readonly Option<double?> zoneout = new Option<double?>("--zoneout")
    {
        Description = "How probable it is in training that a unit keeps its old state for a step, 0 to below 1; 0.",
    }.Below(1);

    private readonly Option<string?> dimensions = new("--dimensions")
    {
        Description = "Sizes of the dimensions that a cell brings along, with commas between them, such as the output of projectedlstm.",
    };

    private readonly Option<string?> declaration = new Option<string?>("--declaration")
    {
        Description = "A C# file with a whole [Model] from bytes to bytes (model.cs, model.cs:Name), which is compiled and run.",
    };

    private readonly Option<bool> bidirectional = new("--bidirectional")
    {
        Description = "Of a table with named groups: each layer reads a group from both ends.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[cell, hidden, layers, embedding, dropout, zoneout, dimensions, declaration, bidirectional])
            command.Add(option);
    }

    /// <summary>What was said.</summary>
    public ByteModelRequest Read(ParseResult parsed)
    {
        return new()
        {
            Cell = parsed.GetValue(cell),
            Hidden = parsed.GetValue(hidden),
            Layers = parsed.GetValue(layers),
            Embedding = parsed.GetValue(embedding),
            Dropout = parsed.GetValue(dropout),
            Zoneout = parsed.GetValue(zoneout),
            Bidirectional = parsed.GetValue(bidirectional),
            Dimensions = parsed.GetValue(dimensions) is { } sizes
                ? ListText.Whole("--dimensions", sizes, 1, ByteModelSpec.LargestSize) : null,
            Declaration = parsed.GetValue(declaration),
        };
    }
}
