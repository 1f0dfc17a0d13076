using System.Globalization;

using FastRnn.Compiler.Compilation;

namespace FastRnn.Cli.Models;

/// <summary>What the user asked of a model; null is what was not said.</summary>
internal sealed record ByteModelRequest
{
    /// <summary>Why no layer may read backward.</summary>
    public const string WhyCausal =
        "a language model says what comes next from what came before; a layer that reads backward has seen the answer in training, and has "
            + "nothing to read when it writes";

    /// <summary>A cell by name, or a file: <c>my_cell.cs</c>, <c>my_cell.cs:Name</c>.</summary>
    public string? Cell { get; init; }

    public int? Hidden { get; init; }

    public int? Layers { get; init; }

    public int? Embedding { get; init; }

    public double? Dropout { get; init; }

    public double? Zoneout { get; init; }

    /// <summary>For tables alone.</summary>
    public bool Bidirectional { get; init; }

    public IReadOnlyList<int>? Dimensions { get; init; }

    /// <summary>A file with a whole model: <c>model.cs</c>, <c>model.cs:Name</c>.</summary>
    public string? Declaration { get; init; }

    /// <summary>The options that were given, with what they say.</summary>
    private IEnumerable<(string Option, object Value)> Said => new (string, object?)[]
    {
        ("--cell", Cell), ("--hidden", Hidden), ("--layers", Layers), ("--embedding", Embedding), ("--dropout", Dropout),
        ("--zoneout", Zoneout), ("--dimensions", Dimensions is null ? null : string.Join(",", Dimensions)),
    }.Where(said => said.Item2 is not null).Select(said => (said.Item1, said.Item2!));

    /// <summary>The model. Files are read, and nothing is compiled.</summary>
    /// <exception cref="CommandException">There is no such cell or file, or options contradict each other.</exception>
    public ByteModelSpec Resolve()
    {
        if (Declaration is not null)
        {
            if (Said.Select(said => said.Option).FirstOrDefault() is { } option)
                throw CommandException.Usage($"{option}: the declaration of --declaration says it: expected one of both");
            return WithCode(Declaration, isDeclaration: true) with { HiddenSizes = [], EmbeddingSize = 0 };
        }

        var spec = Cell is null ? ByteModelSpec.Default : OfCell(Cell);
        return spec with
        {
            HiddenSizes = [.. Enumerable.Repeat(Hidden ?? ByteModelSpec.DefaultHidden, Layers ?? ByteModelSpec.DefaultLayers)],
            EmbeddingSize = Embedding ?? ByteModelSpec.DefaultEmbedding,
            Dropout = Dropout ?? 0,
            Zoneout = Zoneout ?? 0,
            Dimensions = Dimensions ?? OwnDimensions(spec),
        };
    }

    /// <summary>A run that goes on keeps its model.</summary>
    /// <exception cref="CommandException">Something else was asked for.</exception>
    public void Keep(ByteModelSpec stored)
    {
        var declaration = stored.Code is { IsDeclaration: true };
        if (Declaration is not null && (!declaration || Resolve().Code!.Hash != stored.Code!.Hash))
            throw Other("--declaration", declaration ? "the one of the folder" : stored.Cell, Declaration);
        if (declaration && Said.Any())
            throw Other(Said.First().Option, "what its declaration says", Said.First().Value);
        if (Cell is not null && OfCell(Cell) is var cell && (cell.Cell != stored.Cell || cell.Code?.Hash != stored.Code?.Hash))
            throw Other("--cell", stored.Code is null ? stored.Cell : $"the {stored.Cell} of the folder", Cell);
        Same("--hidden", Hidden, stored.HiddenSizes.Count > 0 ? stored.HiddenSizes[0] : 0);
        Same("--layers", Layers, stored.HiddenSizes.Count);
        Same("--embedding", Embedding, stored.EmbeddingSize);
        Same("--dropout", Dropout, stored.Dropout);
        Same("--zoneout", Zoneout, stored.Zoneout);
        Same("--dimensions", Dimensions is null ? null : string.Join(",", Dimensions), string.Join(",", stored.Dimensions));
    }

    /// <summary>The default model with a cell by its name, or of a file, which is read and not compiled.</summary>
    /// <exception cref="CommandException">There is no such cell or file.</exception>
    public static ByteModelSpec OfCell(string cell)
    {
        if (BuiltInCells.Find(cell) is { } builtIn)
            return new() { Cell = builtIn };
        if (!ModelCode.IsFile(cell) && !File.Exists(cell))
        {
            throw CommandException.Usage(
                $"--cell: expected one of {string.Join(", ", BuiltInCells.Names)}, or a file with a cell (my_cell.cs), got '{cell}'");
        }

        return WithCode(cell, isDeclaration: false);
    }

    private static void Same(string option, object? asked, object stored)
    {
        if (asked is not null && !asked.Equals(stored))
            throw Other(option, stored, asked);
    }

    private static CommandException Other(string option, object stored, object asked) => CommandException.Usage(string.Create(
        CultureInfo.InvariantCulture, $"{option}: a resumed run keeps its own: expected {stored}, got {asked}"));

    private static ByteModelSpec WithCode(string text, bool isDeclaration)
    {
        var (path, name) = ModelCode.Split(text);
        var code = ModelCode.Read(path, isDeclaration);
        var attribute = isDeclaration ? "Model" : "Cell";
        var classes = ClassFinder.With(code.Text, attribute);
        var found = name is null ? classes : [.. classes.Where(c => c == name || c.EndsWith("." + name, StringComparison.Ordinal))];
        if (found is [var only])
            return new() { Cell = only, Code = code };
        var expected = name is null ? $"one class with [{attribute}]" : $"a class with [{attribute}] and the name {name}";
        var got = classes.Count == 0 ? "none" : string.Join(", ", classes);
        var which = name is null && classes.Count > 1 ? $": say which one as {path}:{classes[0]}" : "";
        throw CommandException.Failed($"{path}: expected {expected}, got {got}{which}");
    }

    /// <summary>Unless it is said, what a built-in cell brings along is as large as its units; half of it where it is a
    /// projection, which is there to make things smaller.</summary>
    private IReadOnlyList<int> OwnDimensions(ByteModelSpec spec)
    {
        var hidden = Hidden ?? ByteModelSpec.DefaultHidden;
        return spec.Code is not null ? []
            : [.. BuiltInCells.Dimensions(spec.Cell).Select(name => name == nameof(Cells.Projection) ? Math.Max(1, hidden / 2) : hidden)];
    }
}
