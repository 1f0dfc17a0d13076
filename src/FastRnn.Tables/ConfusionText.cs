using System.Globalization;
using System.Text;

using FastRnn.Training;

namespace FastRnn.Tables;

/// <summary>A confusion matrix with names, precision, recall and F1, as text.</summary>
internal static class ConfusionText
{
    private const int LongestName = 16;

    public static string Of(ConfusionMatrix confusion, IReadOnlyList<string> classes)
    {
        var names = classes.Select(name => name.Length <= LongestName ? name : name[..LongestName]).ToList();
        var (first, width) = (Math.Max(5, names.Max(name => name.Length)), Math.Max(6, names.Max(name => name.Length)));
        var text = new StringBuilder("label".PadRight(first));
        foreach (var name in names)
            text.Append("  ").Append(name.PadLeft(width));
        text.AppendLine("   precision  recall     F1");
        for (var label = 0; label < names.Count; label++)
        {
            text.Append(names[label].PadRight(first));
            for (var said = 0; said < names.Count; said++)
                text.Append("  ").Append(confusion[label, said].ToString("0", CultureInfo.InvariantCulture).PadLeft(width));
            text.Append(CultureInfo.InvariantCulture,
                $"   {confusion.Precision(label),9:0.000}  {confusion.Recall(label),6:0.000}  {confusion.F1(label),5:0.000}").AppendLine();
        }

        return text.ToString();
    }
}
