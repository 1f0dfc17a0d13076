namespace FastRnn.Tables;

/// <summary>How far a method's forecasts of one output are from what came, over the test part: all methods at the same rows.</summary>
/// <param name="Method">The model, or what it is compared with.</param>
/// <param name="Output">The output: <c>price+12</c>.</param>
/// <param name="MeanAbsoluteError">The mean of |forecast - value|, in the target's unit; NaN if there is no row.</param>
/// <param name="RootMeanSquaredError">The root of the mean of (forecast - value)^2, in the target's unit.</param>
/// <param name="Rows">At how many rows.</param>
public sealed record TableScore(string Method, string Output, double MeanAbsoluteError, double RootMeanSquaredError, int Rows);
