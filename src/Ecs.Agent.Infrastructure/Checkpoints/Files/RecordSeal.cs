using System.Security.Cryptography;
using System.Text;

namespace Ecs.Agent.Infrastructure.Checkpoints.Files;

/// <summary>
/// Keeps records secret and tells whether they are what was written, in the place where it was written. Records that hold what containers
/// are given are encrypted (AES-256-GCM); the others bear a checksum and stay readable.
/// </summary>
/// <remarks>
/// The key lies beside the database. It does not keep out who may read the whole directory; it keeps secrets out of copies of the database,
/// of support bundles and of a look into it.
/// </remarks>
internal sealed class RecordSeal(ReadOnlyMemory<byte> key)
{
    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = 32;

    private const int NonceLength = 12, TagLength = 16, ChecksumLength = 12;

    /// <summary>Encrypts. <paramref name="place"/> says where the record belongs: in another place it does not open.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string place)
    {
        var sealedRecord = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedRecord.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Span, TagLength);
        cipher.Encrypt(
            nonce,
            plain,
            sealedRecord.AsSpan(NonceLength + TagLength),
            sealedRecord.AsSpan(NonceLength, TagLength),
            Encoding.UTF8.GetBytes(place));
        return sealedRecord;
    }

    /// <summary>Decrypts; null when the record is damaged, comes from another place, or was sealed with another key.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedRecord, string place)
    {
        if (sealedRecord.Length < NonceLength + TagLength)
        {
            return null;
        }

        var plain = new byte[sealedRecord.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key.Span, TagLength);
        try
        {
            cipher.Decrypt(
                sealedRecord[..NonceLength],
                sealedRecord[(NonceLength + TagLength)..],
                sealedRecord.Slice(NonceLength, TagLength),
                plain,
                Encoding.UTF8.GetBytes(place));
            return plain;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The checksum of a readable record in its place.</summary>
    public static byte[] Checksum(ReadOnlySpan<byte> record, string place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(place));
        hash.AppendData([0]);
        hash.AppendData(record);
        return hash.GetHashAndReset()[..ChecksumLength];
    }
}
