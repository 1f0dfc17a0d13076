namespace FastRnn.Execution;

/// <summary>Sums over positions, each times its weight, from which metrics are made.</summary>
internal sealed class MetricSums
{
    /// <summary>Right answers.</summary>
    public double Right { get; private set; }

    /// <summary>All answers.</summary>
    public double Answers { get; private set; }

    /// <summary>Absolute errors.</summary>
    public double Absolute { get; private set; }

    /// <summary>Squared errors.</summary>
    public double Squares { get; private set; }

    /// <summary>Outputs that have an error.</summary>
    public double Errors { get; private set; }

    /// <summary>Of each quantile, the targets that are at most what was said; empty if there are no quantiles.</summary>
    public double[] Covered { get; private set; } = [];

    /// <summary>The levels of the quantiles.</summary>
    public IReadOnlyList<double> Levels { get; private set; } = [];

    /// <summary>Targets that have quantiles.</summary>
    public double Targets { get; private set; }

    /// <summary>Symbols that are wrong, missing or too many.</summary>
    public double SymbolErrors { get; private set; }

    /// <summary>Symbols that should be there.</summary>
    public double Symbols { get; private set; }

    /// <summary>All become 0.</summary>
    public void Clear()
    {
        Right = Answers = Absolute = Squares = Errors = Targets = SymbolErrors = Symbols = 0;
        Array.Clear(Covered);
    }

    /// <summary>Adds a position's answers.</summary>
    public void AddAnswers(double right, int answers, double weight)
    {
        Right += weight * right;
        Answers += weight * answers;
    }

    /// <summary>Adds a sequence's symbols.</summary>
    public void AddSymbols(double errors, double symbols, double weight)
    {
        SymbolErrors += weight * errors;
        Symbols += weight * symbols;
    }

    /// <summary>Adds a position's errors.</summary>
    public void AddErrors(double absolute, double squares, int outputs, double weight)
    {
        Absolute += weight * absolute;
        Squares += weight * squares;
        Errors += weight * outputs;
    }

    /// <summary>Adds a position's targets.</summary>
    /// <param name="covered">Of each quantile, how many of them are at most what was said.</param>
    /// <param name="levels">The quantiles.</param>
    /// <param name="targets">How many targets there are.</param>
    /// <param name="weight">What the position counts.</param>
    public void AddCovered(ReadOnlySpan<double> covered, IReadOnlyList<double> levels, int targets, double weight)
    {
        if (Covered.Length != levels.Count)
        {
            (Covered, Levels) = (new double[levels.Count], levels);
        }

        for (var i = 0; i < covered.Length; i++)
        {
            Covered[i] += weight * covered[i];
        }

        Targets += weight * targets;
    }
}
