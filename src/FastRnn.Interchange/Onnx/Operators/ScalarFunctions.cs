namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Functions of one number that operators and the activations of recurrent operators share, by ONNX's definitions.</summary>
internal static class ScalarFunctions
{
    // Defaults are ONNX's, which are single-precision numbers.
    public const double LeakyReluAlpha = 0.01f;
    public const double HardSigmoidAlpha = 0.2f;
    public const double HardSigmoidBeta = 0.5f;

    public static double Relu(double x) => x > 0 || double.IsNaN(x) ? x : 0;

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double LeakyRelu(double x, double alpha) => x < 0 ? alpha * x : x;

    public static double ThresholdedRelu(double x, double alpha) => x > alpha ? x : 0;

    public static double HardSigmoid(double x, double alpha, double beta) => Math.Max(0, Math.Min(1, (alpha * x) + beta));

    public static double Elu(double x, double alpha) => x < 0 ? alpha * (Math.Exp(x) - 1) : x;

    public static double Softsign(double x) => x / (1 + Math.Abs(x));

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>The error function, by the series of positive terms 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1))
    /// (Abramowitz and Stegun, 7.1.6).</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 6)
            return double.IsNaN(x) ? x : Math.Sign(x);
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
