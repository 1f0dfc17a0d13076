using System.Text.Json.Serialization;

using FastRnn.Compiler;

namespace FastRnn.Tables.Preparing;

/// <summary>The model that reads what is prepared.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreparedModel
{
    /// <summary>More is no cell.</summary>
    public const int MostCode = 1_000_000;

    /// <summary>One of <see cref="TableOptions.Cells"/>, or the class in <see cref="Code"/>.</summary>
    [JsonRequired]
    public string? Cell { get; init; }

    [JsonRequired]
    public int HiddenSize { get; init; }

    [JsonRequired]
    public int Layers { get; init; }

    [JsonRequired]
    public double Dropout { get; init; }

    /// <summary>C# of the user's own cell, which is compiled and run; missing for one of the library.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>Of each recurrent layer; missing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Zoneout { get; init; }

    /// <summary>Whether layers read a group from both ends; missing if not, as always where rows are forecast.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bidirectional { get; init; }

    public static PreparedModel Of(TableOptions options) => new()
    {
        Cell = options.CellName,
        HiddenSize = options.HiddenSize,
        Layers = options.Layers,
        Dropout = options.Dropout,
        Code = options.CellCode,
        Zoneout = options.Zoneout,
        Bidirectional = options.Bidirectional,
    };

    /// <summary>The declaration.</summary>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">What it puts out.</param>
    /// <param name="classifies">Whether that is one class a sequence, not numbers a row.</param>
    public ModelSpec Spec(IEnumerable<ModelPart> inputs, int outputs, bool classifies)
    {
        var parts = inputs.ToList();
        for (var i = 0; i < Layers; i++)
            parts.Add(ModelPart.Layer(Cell!, HiddenSize, new() { Bidirectional = Bidirectional, Zoneout = Zoneout }));
        if (classifies)
            parts.Add(ModelPart.Pool(Pooling.Last));
        if (Dropout > 0)
            parts.Add(ModelPart.Dropout(Dropout));
        parts.Add(ModelPart.Dense(outputs));

        // Few values are far out in most tables, and they should not rule the others.
        parts.Add(classifies ? ModelPart.SoftmaxCrossEntropy(Reduction.Mean) : ModelPart.Huber(1, Reduction.Mean));
        return new ModelSpec("TableNetwork", parts) { Cells = Code ?? "", CellsPath = TableOptions.CellCodePath };
    }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem() =>
        Code?.Length > MostCode ? $"code: expected at most {MostCode} letters, got {Code.Length}"
        : Cell is null || (Code is null && !TableOptions.Cells.Contains(Cell))
            ? $"cell: expected one of {string.Join(", ", TableOptions.Cells)}, got '{Cell}'"
        : HiddenSize is < 1 or > 4_096 ? "hidden_size: expected 1 to 4,096"
        : Layers is < 1 or > 16 ? "layers: expected 1 to 16"
        : !(Dropout is >= 0 and < 1) ? "dropout: expected 0 to below 1"
        : !(Zoneout is >= 0 and < 1) ? "zoneout: expected 0 to below 1" : null;
}
