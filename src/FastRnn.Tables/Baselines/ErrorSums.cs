namespace FastRnn.Tables.Baselines;

/// <summary>Errors of one method and one output, added up.</summary>
internal sealed class ErrorSums
{
    private double absolute, squares;
    private int rows;

    public void Add(float forecast, float value)
    {
        var error = (double)forecast - value;
        absolute += Math.Abs(error);
        squares += error * error;
        rows++;
    }

    public TableScore Score(string method, string output) => new(method, output, absolute / rows, Math.Sqrt(squares / rows), rows);
}
