namespace FastRnn.Benchmarks.Formats;

/// <summary>A number that says how well a task is done.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Format">How it is shown.</param>
/// <param name="IsBetterIfLess">Whether it is an error, and no success.</param>
/// <param name="Goal">How much worse int8 may be; null if it is only shown.</param>
internal sealed record PriceFigure(string Name, string Format, bool IsBetterIfLess, double? Goal = null)
{
    /// <summary>How much worse a value is.</summary>
    public double Price(double exact, double rounded) => IsBetterIfLess ? rounded - exact : exact - rounded;
}
