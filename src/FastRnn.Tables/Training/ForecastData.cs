using FastRnn.Data;
using FastRnn.Tables.Preparing;

namespace FastRnn.Tables.Training;

/// <summary>The rows of a table as a model for forecasts learns them.</summary>
internal sealed class ForecastData
{
    private readonly TablePreparation preparation;
    private readonly List<PreparedOutput> outputs;
    private readonly Dictionary<string, float[]> targets = new(StringComparer.Ordinal);

    public ForecastData(Table table, TablePreparation preparation, RowLayout layout)
    {
        (this.preparation, Layout) = (preparation, layout);
        outputs = [.. preparation.Outputs];
        foreach (var name in outputs.Select(output => output.Target!).Distinct(StringComparer.Ordinal))
            targets.Add(name, layout.Numbers(RowLayout.Column(table, name, ColumnKind.Number)));
        Encoded = preparation.Encode(table, layout);
    }

    public RowLayout Layout { get; }

    /// <summary>What the model reads.</summary>
    public EncodedRows Encoded { get; }

    public IReadOnlyList<PreparedOutput> Outputs => outputs;

    /// <summary>What windows leave to the network; null for all.</summary>
    public LinearPart? Linear { get; set; }

    /// <summary>A target in the layout's order.</summary>
    public float[] Values(PreparedOutput output) => targets[output.Target!];

    /// <summary>What the forecast of an output at a row is the difference to; NaN if it is not known.</summary>
    public float AnchorOf(PreparedOutput output, int groupStart, int row) =>
        Anchor.Of(Values(output), groupStart, row, output.Horizon, output.Period);

    /// <summary>What an output of the model should be at a row; NaN if the target, or what it is compared with, is missing or beyond the
    /// end.</summary>
    public float Wanted(PreparedOutput output, int groupStart, int row, int end)
    {
        if (row + output.Horizon >= end)
            return float.NaN;
        var difference = Values(output)[row + output.Horizon] - AnchorOf(output, groupStart, row);
        return float.IsNaN(difference) ? float.NaN : output.Standardizer.Transform(difference);
    }

    /// <summary>Windows over the rows of one part. Their targets lie in it as well, what they read before it does not.</summary>
    /// <param name="ranges">All parts.</param>
    /// <param name="part">Which.</param>
    /// <param name="positions">Receives how many rows count.</param>
    public SequenceDataset Windows(IEnumerable<PartRange> ranges, Part part, out int positions)
    {
        var data = new SequenceDataset(Encoded.Format with { TargetSize = outputs.Count });
        var (wanted, weights) = (new float[2 * preparation.Text.Window * outputs.Count], new float[2 * preparation.Text.Window]);
        positions = 0;
        foreach (var range in ranges.Where(range => range.Part == part))
        {
            var group = Layout.Groups[range.Group];
            foreach (var window in RowWindow.Cover(group.Start, range.Start, range.End, preparation.Text.Window))
            {
                wanted.AsSpan().Clear();
                weights.AsSpan().Clear();
                var counts = 0;
                for (var row = window.First; row < window.End; row++)
                {
                    var at = row - window.Start;
                    if (!Fill(wanted.AsSpan(at * outputs.Count, outputs.Count), group.Start, row, range.End))
                        continue;
                    weights[at] = 1;
                    counts++;
                }

                if (counts == 0)
                    continue;
                positions += counts;
                data.Add(new SequenceBatch
                {
                    X = Encoded.NumbersOf(window.Start, window.End),
                    Tokens = part == Part.Training
                        ? Encoded.LearnedTokensOf(window.Start, window.End) : Encoded.TokensOf(window.Start, window.End),
                    Targets = wanted.AsSpan(0, window.Length * outputs.Count),
                    Weights = weights.AsSpan(0, window.Length),
                });
            }
        }

        return data;
    }

    private bool Fill(Span<float> wanted, int groupStart, int row, int end)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            wanted[i] = Wanted(outputs[i], groupStart, row, end);
            if (float.IsNaN(wanted[i]))
            {
                wanted.Clear();
                return false;
            }
        }

        Linear?.TakeOff(groupStart, row, wanted);
        return true;
    }
}
