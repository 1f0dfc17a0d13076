using FastRnn.Tables.Preparing;

namespace FastRnn.Tables;

/// <summary>What is learned of a table, and by what model. A target of numbers is forecast; a target of categories names whole groups of
/// rows.</summary>
public sealed record TableOptions
{
    /// <summary>What diagnostics call <see cref="CellCode"/>.</summary>
    public const string CellCodePath = "cell.cs";

    /// <summary>The cells of the library that a model may be made of.</summary>
    public static IReadOnlyList<string> Cells { get; } =
    [
        "Lstm", "Gru", "GruResetBefore", "Elman", "ElmanRelu", "MinimalGatedUnit", "IndRnn", "Irnn", "PeepholeLstm", "CoupledLstm",
            "LayerNormLstm",
    ];

    /// <summary>The columns that are forecast, or the one that names groups; at least one.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>How many rows ahead, each from 1 to 100,000, all different. Groups that are named have no horizon.</summary>
    public IReadOnlyList<int> Horizons { get; init; } = [1];

    /// <summary>The column of times; null if rows are in order and equally far apart.</summary>
    public string? Time { get; init; }

    /// <summary>The column that says which rows belong together: a station, a series, a sequence; null if all do.</summary>
    public string? Group { get; init; }

    /// <summary>The columns that are read; null for all that can be. Of the group that is so where rows are forecast and groups are cut by
    /// time: it is known there.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>Whether the rows of a group are put into the order of their times; otherwise another order is an error.</summary>
    public bool SortByTime { get; init; }

    /// <summary>Rows that an output knows at least, 1 to 10,000; 0 takes the season, between 16 and 96, or 32.</summary>
    public int Window { get; init; }

    /// <summary>Rows of a season, such as 24 of hours; 0 looks for a day, a week or a year in the usual time between rows.</summary>
    public int Season { get; init; }

    /// <summary>How the table is cut. Sequences that are named are always cut by groups.</summary>
    public TableSplit Split { get; init; }

    /// <summary>The share of the rows or groups that chooses when to stop; above 0.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>The share of the rows or groups that is measured; above 0, and with <see cref="ValidationShare"/> at most 0.9.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>The recurrent cell: one of <see cref="Cells"/>, in any case, or the class in <see cref="CellCode"/>.</summary>
    public string Cell { get; init; } = "Lstm";

    /// <summary>A cell of one's own as C#: a class with <see cref="CellAttribute"/>, at most a million letters, whose name is
    /// <see cref="Cell"/>. It is compiled and run, saved with the model, and compiled and run where that is loaded. Usings are as in
    /// <see cref="Compiler.ModelSpec.Cells"/>. Null for a cell of the library.</summary>
    public string? CellCode { get; init; }

    /// <summary>Units of each recurrent layer, 1 to 4,096.</summary>
    public int HiddenSize { get; init; } = 32;

    /// <summary>The processes that train the model together, each a part of every batch; null for this one alone. All of them read the
    /// same table and get the same model.</summary>
    public RankGroup? Ranks { get; init; }

    /// <summary>Recurrent layers, 1 to 16.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each recurrent layer reads a group from both ends, which doubles its width. Only where groups are named: a forecast
    /// knows no later row.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Dropout before the last layer, 0 to below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>How probable it is in training that a unit of a recurrent layer keeps its old state for a row, 0 to below 1.</summary>
    public double Zoneout { get; init; }

    /// <summary>What the classes of named sequences count.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>How often all windows are learned, at least 1.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Epochs in a row without progress after which the run ends, at least 1.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Windows or sequences of a step, 1 to 65,536; 0 takes a number by which an epoch has some 64 steps, 4 to 64.</summary>
    public int BatchSize { get; init; }

    /// <summary>Adam's largest learning rate, above 0; it falls along a cosine to a twentieth.</summary>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>The seed of first weights, order and dropout: the same seed, the same model.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Worker threads; 0 is all processors. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The longest time of training; null sets no limit. With a limit results depend on the machine.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The cell as it is declared.</summary>
    internal string CellName => CellCode is not null ? Cell
        : Cells.FirstOrDefault(cell => cell.Equals(Cell, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"Cell: expected one of {string.Join(", ", Cells)}, got '{Cell}'.");

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Targets);
        ArgumentNullException.ThrowIfNull(Horizons);
        if (Targets.Count == 0 || Targets.Distinct(StringComparer.Ordinal).Count() != Targets.Count)
            throw new ArgumentException("Targets: expected at least one column, none twice.");
        if (Horizons.Count == 0 || Horizons.Distinct().Count() != Horizons.Count || Horizons.Any(h => h is < 1 or > 100_000))
            throw new ArgumentException("Horizons: expected numbers of rows from 1 to 100,000, none twice.");
        _ = CellName;
        if (CellCode?.Length > PreparedModel.MostCode)
            throw new ArgumentException($"CellCode: expected at most {PreparedModel.MostCode} letters, got {CellCode.Length}.");
        Between(Window, 0, 10_000, nameof(Window));
        Between(Season, 0, 1_000_000, nameof(Season));
        Between(HiddenSize, 1, 4_096, nameof(HiddenSize));
        Between(Layers, 1, 16, nameof(Layers));
        Between(Epochs, 1, int.MaxValue, nameof(Epochs));
        Between(Patience, 1, int.MaxValue, nameof(Patience));
        Between(BatchSize, 0, 65_536, nameof(BatchSize));
        Between(Threads, 0, 1_024, nameof(Threads));
        if (!(Dropout is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "Expected 0 to below 1.");
        if (!(Zoneout is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Zoneout), Zoneout, "Expected 0 to below 1.");
        if (!(LearningRate > 0 && float.IsFinite(LearningRate)))
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "Expected a number above 0.");
        if (!(ValidationShare > 0 && TestShare > 0 && ValidationShare + TestShare <= 0.9))
            throw new ArgumentException("ValidationShare, TestShare: expected shares above 0, together at most 0.9.");
        if (TimeLimit <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(TimeLimit), TimeLimit, "Expected a time above 0.");
    }

    private static void Between(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Expected {least} to {most}."));
    }
}
