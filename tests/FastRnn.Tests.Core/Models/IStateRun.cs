namespace FastRnn.Tests.Models;

/// <summary>Forward passes that begin with states and tell those with which they end. States are <c>[layer][state][B, D]</c>, and empty
/// where a state begins as the model declares.</summary>
internal interface IStateRun
{
    /// <summary>Of a predictor that keeps states.</summary>
    /// <param name="parameters">In canonical order.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="first">The first states.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="positions">The most positions at once; 0 has room for all.</param>
    Recording Predict(float[] parameters, StructuredBatch batch, float[][][] first, int threads = 1, int positions = 0);

    /// <summary>Of a recorded pass, which does nothing in groups. Outputs are empty where it leaves them unnormalised.</summary>
    Recording Record(float[] parameters, StructuredBatch batch, float[][][] first);

    /// <summary>Of a session, for a batch of one sequence.</summary>
    Recording Stream(float[] parameters, StructuredBatch batch, float[][][] first);
}
