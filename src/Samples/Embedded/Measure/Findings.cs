namespace FastRnn.Embedded.Measure;

/// <summary>What a measurement found: names and numbers, as lines or as one JSON object.</summary>
internal sealed class Findings
{
    private readonly List<(string Name, double Value)> all = [];

    public void Add(string name, double value) => all.Add((name, value));

    public void Write(TextWriter output, bool json)
    {
        var text = json ? "{" : "";
        for (var i = 0; i < all.Count; i++)
        {
            var (name, value) = all[i];

            // JSON has no infinity and no NaN.
            var number = double.IsFinite(value) ? value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "null";
            text += json ? $"{(i == 0 ? "" : ",")}\n  \"{name}\": {number}" : $"{name} {number}\n";
        }

        output.Write(json ? text + "\n}\n" : text);
    }
}
