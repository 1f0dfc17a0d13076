namespace FastRnn.Tables;

/// <summary>A value of the test part and its forecast, for a picture.</summary>
/// <param name="Row">The row of the value, from 1.</param>
/// <param name="Value">What came.</param>
/// <param name="Forecast">What the model said.</param>
public readonly record struct TablePoint(int Row, float Value, float Forecast);
