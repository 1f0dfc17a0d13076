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

    /// <summary>Symbols that are wrong, missing or too many.</summary>
    public double SymbolErrors { get; private set; }

    /// <summary>Symbols that should be there.</summary>
    public double Symbols { get; private set; }

    /// <summary>All become 0.</summary>
    public void Clear() => Right = Answers = Absolute = Squares = Errors = SymbolErrors = Symbols = 0;

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
}
