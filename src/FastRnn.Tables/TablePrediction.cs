using System.Globalization;
using System.Numerics.Tensors;
using System.Text;

using FastRnn.Files;
using FastRnn.Tables.Preparing;

using nietras.SeparatedValues;

namespace FastRnn.Tables;

/// <summary>What a model says of a table: a forecast at each of its rows, or the probabilities of classes of each of its groups.</summary>
public sealed class TablePrediction
{
    private readonly float[] values;
    private readonly IReadOnlyList<string> keyNames;
    private readonly Func<int, string[]> keys;

    private TablePrediction(
        TablePreparation preparation, IReadOnlyList<string> names, float[] values, IReadOnlyList<string> notes,
            IReadOnlyList<string> keyNames,
        Func<int, string[]> keys)
    {
        (OutputNames, Names, this.values, Notes) = (preparation.OutputNames, names, values, notes);
        (this.keyNames, this.keys) = (keyNames, keys);
        if (preparation.Classifies)
            Labels = [.. Enumerable.Range(0, Count).Select(i => OutputNames[TensorPrimitives.IndexOfMax(this[i])])];
    }

    /// <summary>What is forecast (<c>price+12</c>: the price 12 rows after the row), or the classes.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>How many rows or groups there are.</summary>
    public int Count => values.Length / OutputNames.Count;

    /// <summary>Of named groups: what the groups are called, in the order of <see cref="this[int]"/>; else empty.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Of named groups: the most probable class of each; else empty.</summary>
    public IReadOnlyList<string> Labels { get; } = [];

    /// <summary>What there is to say of the table, such as categories that were not learned.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The outputs of a row of the table (NaN where nothing is known of the target yet), or of a group.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or group.</exception>
    public ReadOnlySpan<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return values.AsSpan(index * OutputNames.Count, OutputNames.Count);
        }
    }

    /// <summary>Writes all of it as CSV: time and group, then a column for each output; for groups their name, the class, and the
    /// probability of each. Cells of which nothing is known are empty. The file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">It cannot be written.</exception>
    public void WriteCsv(string path) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        { NewLine = "\n" };
        using var writer = Sep.New(',').Writer(options => options with { WriteHeader = false, Escape = true, DisableColCountCheck = true })
            .To(text, leaveOpen: true);
        Write(writer, [.. keyNames, .. Labels.Count > 0 ? ["class"] : Array.Empty<string>(), .. OutputNames]);
        for (var i = 0; i < Count; i++)
        {
            var cells = new List<string>(keys(i));
            if (Labels.Count > 0)
                cells.Add(Labels[i]);
            foreach (var value in this[i])
                cells.Add(float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
            Write(writer, cells);
        }
    });

    internal static TablePrediction OfNumbers(Table table, TablePreparation preparation, RowLayout layout, float[] outputs)
    {
        var wanted = preparation.Outputs.ToList();
        var values = new float[outputs.Length];
        for (var i = 0; i < wanted.Count; i++)
        {
            var target = layout.Numbers(RowLayout.Column(table, wanted[i].Target!, ColumnKind.Number));
            foreach (var (_, start, end) in layout.Groups)
            {
                for (var row = start; row < end; row++)
                {
                    var anchor = Anchor.Of(target, start, row, wanted[i].Horizon, wanted[i].Period);
                    values[(layout.Rows[row] * wanted.Count) + i] = anchor
                        + wanted[i].Standardizer.Invert(outputs[(row * wanted.Count) + i]);
                }
            }
        }

        string[] keyNames = [.. new[] { preparation.Text.Group, preparation.Text.Time?.Name }.OfType<string>()];
        var columns = keyNames.Select(name => table[name]).ToList();
        return new(preparation, [], values, UnknownLabels(table, preparation), keyNames.Length > 0 ? keyNames : ["row"], row =>
            keyNames.Length > 0
            ? [.. columns.Select(column => column.Text(row))] : [(row + 1).ToString(CultureInfo.InvariantCulture)]);
    }

    internal static TablePrediction OfClasses(Table table, TablePreparation preparation, RowLayout layout, float[] logits)
    {
        var classes = preparation.OutputNames.Count;
        for (var at = 0; at < logits.Length; at += classes)
            TensorPrimitives.SoftMax(logits.AsSpan(at, classes), logits.AsSpan(at, classes));
        string[] names = [.. layout.Groups.Select(group => group.Name)];
        return new(preparation, names, logits, UnknownLabels(table, preparation), [preparation.Text.Group!], group => [names[group]]);
    }

    private static List<string> UnknownLabels(Table table, TablePreparation preparation)
    {
        var notes = new List<string>();
        foreach (var input in preparation.Inputs.Where(input => input.IsCategory))
        {
            var unknown = table[input.Name!].Labels.Except(input.Labels!.OfType<string>(), StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                notes.Add(FormattableString.Invariant(
                    $"column '{input.Name}': {unknown.Count} categories were not learned and are read as missing, such as '{unknown[0]}'"));
            }
        }

        return notes;
    }

    private static void Write(SepWriter writer, List<string> cells)
    {
        using var row = writer.NewRow();
        for (var i = 0; i < cells.Count; i++)
            row[i].Set(cells[i]);
    }
}
